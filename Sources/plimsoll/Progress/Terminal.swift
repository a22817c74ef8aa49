import Foundation
import Glibc

/// What an output can do: a terminal gets one line that moves and colours, a file or pipe plain lines.
struct Terminal: Sendable {
    let descriptor: Int32
    let isInteractive: Bool
    let hasColour: Bool

    init(descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.descriptor = descriptor
        isInteractive = isatty(descriptor) == 1 && environment["TERM"] != "dumb"
        hasColour = isInteractive && (environment["NO_COLOR"] ?? "").isEmpty
    }

    /// Asked each time, for a window may change its size; 100 where there is no window.
    var columns: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
        return Int(size.ws_col)
    }
}
