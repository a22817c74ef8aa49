import ArgumentParser
import Baselines
import Foundation
import Telemetry

/// `plimsoll baseline prune`: removes runs that no comparison needs.
struct BaselinePruneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove old runs; never a baseline of the next run, nor one that is pinned or promoted."
    )

    @OptionGroup var store: StoreOptions

    @Option(name: .long, help: "Keep this many of the newest runs of each test.")
    var keep = 50

    @Option(name: .long, help: "Remove only runs older than this many days.")
    var olderThan: Int?

    @Flag(name: .long, help: "Say what would go, and remove nothing.")
    var dryRun = false

    func validate() throws {
        guard keep >= 0 else { throw ValidationError("--keep must be 0 or more; found \(keep)") }
        if let olderThan, !(0...36_500).contains(olderThan) {
            throw ValidationError("--older-than must be 0...36500 days; found \(olderThan)")
        }
    }

    func run() async throws {
        try await store.withStore { store in
            let now = WallClock.now()
            let before = olderThan.map { days in
                now - min(now, UInt64(days) * 86_400 * 1_000_000_000)
            }
            let gone = try await store.prune(keep: keep, before: before, isDryRun: dryRun)
            for id in gone { writeLine(id, to: STDOUT_FILENO) }
            writeLine("\(gone.count) runs \(dryRun ? "would be removed" : "removed")", to: STDERR_FILENO)
        }
    }
}
