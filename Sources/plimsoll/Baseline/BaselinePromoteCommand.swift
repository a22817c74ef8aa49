import Analysis
import ArgumentParser
import Baselines
import Foundation
import Telemetry

/// `plimsoll baseline promote RUN`: what this run measured is the new normal.
struct BaselinePromoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote",
        abstract: "Begin the baseline with a run, even one that regressed: earlier runs no longer count.",
        discussion: "A single run is a weak baseline: until three have passed, a slowdown is reported but not gated."
    )

    @OptionGroup var named: RunArgument
    @OptionGroup var store: StoreOptions

    @Option(name: .long, help: "Only the test of this name (default: every test of the run).")
    var test: String?

    func run() async throws {
        try await store.withStore { store in
            let id = try await named.resolve(in: store)
            if let report = try await store.report(id), report.run.wasInterrupted || report.status == .invalid {
                throw CommandFailure(
                    "run \(id) is no measurement (\(report.status.rawValue)), so it cannot be a baseline"
                )
            }
            let keys = try await store.decide(.promoted, run: id, endpoint: test, now: WallClock.now())
            try DecisionMessage(keys, run: id, test: test).show(
                "is compared with \(id) and the runs after it that pass"
            )
        }
    }
}
