import ArgumentParser
import Baselines
import Foundation
import Telemetry

/// `plimsoll baseline pin RUN`: compare with this run and those before it, whatever passes later.
struct BaselinePinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: "End the baseline with a run: later runs that pass do not move it.",
        discussion: "With --clear the newest runs that pass are the baseline again; that undoes a promotion as well."
    )

    @OptionGroup var named: RunArgument
    @OptionGroup var store: StoreOptions

    @Option(name: .long, help: "Only the test of this name (default: every test of the run).")
    var test: String?

    @Flag(name: .long, help: "Forget what was decided about the tests of this run.")
    var clear = false

    func run() async throws {
        try await store.withStore { store in
            let id = try await named.resolve(in: store)
            let keys =
                clear
                ? try await store.clearDecisions(run: id, endpoint: test)
                : try await store.decide(.pinned, run: id, endpoint: test, now: WallClock.now())
            try DecisionMessage(keys, run: id, test: test).show(
                clear
                    ? "is compared with its newest passing runs again" : "is compared with \(id) and the runs before it"
            )
        }
    }
}
