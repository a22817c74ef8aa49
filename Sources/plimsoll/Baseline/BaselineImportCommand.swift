import ArgumentParser
import Baselines
import Foundation
import Runs

/// `plimsoll baseline import FILE`: takes in what `export` wrote.
struct BaselineImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take in an export; runs that are known already stay as they are."
    )

    @Argument(help: "File that `plimsoll baseline export` wrote.")
    var file: String

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.withStore(creates: true) { store in
            let data: Data
            do {
                data = try Data(contentsOf: URL(filePath: file))
            } catch {
                throw CommandFailure("cannot read \(file): \(SystemReason.text(of: error))")
            }
            let (added, known) = try await store.import(data)
            writeLine("\(added) runs added, \(known) known already", to: STDOUT_FILENO)
        }
    }
}
