import Foundation
import Glibc

/// What an output can do: a terminal gets one line that moves and colours, a file or pipe plain lines.
struct Terminal: Sendable {
    let descriptor: Int32
    let isInteractive: Bool
    let hasColour: Bool
    /// Whether it shows more than ASCII, by its locale.
    let hasUnicode: Bool
    /// What `COLUMNS` says, for pipes and for who wants it otherwise.
    private let statedColumns: Int?

    init(descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.descriptor = descriptor
        isInteractive = isatty(descriptor) == 1 && environment["TERM"] != "dumb"
        hasColour = isInteractive && (environment["NO_COLOR"] ?? "").isEmpty
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        hasUnicode = locale.lowercased().contains(/utf-?8/)
        statedColumns = environment["COLUMNS"].flatMap { Int($0) }.flatMap { (1...10_000).contains($0) ? $0 : nil }
    }

    /// Asked each time, for a window may change its size; 100 where there is no window and nothing is said.
    var columns: Int {
        if let statedColumns { return statedColumns }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
        return Int(size.ws_col)
    }
}
