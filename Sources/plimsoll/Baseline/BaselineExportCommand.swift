import ArgumentParser
import Baselines
import Foundation
import Runs

/// `plimsoll baseline export FILE`: runs to carry to another machine.
struct BaselineExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write runs with their baselines to a file (JSON Lines)."
    )

    @Argument(help: "File to write; - for standard output.")
    var file: String

    @Argument(help: "Runs to export (default: all of them).")
    var runs: [String] = []

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.withStore { store in
            var ids: [String]?
            if !runs.isEmpty {
                ids = []
                for run in runs { ids?.append(try await RunArgument.resolve(run, in: store)) }
            }
            let data = try await store.export(ids)
            if file == "-" {
                let isWritten = writeLine(String(decoding: data, as: UTF8.self), to: STDOUT_FILENO, terminator: "")
                guard isWritten else {
                    throw CommandFailure("cannot write the runs: \(String(cString: strerror(errno)))")
                }
                return
            }
            do {
                try data.write(to: URL(filePath: file), options: .atomic)
            } catch {
                throw CommandFailure("cannot write \(file): \(SystemReason.text(of: error))")
            }
            let count = data.count { $0 == UInt8(ascii: "\n") } - 1
            writeLine("\(count) runs written to \(file)", to: STDOUT_FILENO)
        }
    }
}
