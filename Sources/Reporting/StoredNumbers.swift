import Analysis
import Correlation

/// Whether the counts of a stored report are such as a run can have counted.
///
/// Renderers add them up; a file that somebody changed must not end a program by an overflow.
enum StoredNumbers {
    /// What all paths of a profile may have together, so that no sum of theirs leaves 64 bits with a sign.
    private static let largestSum = 4e18

    /// The first test whose counts are not, in a sentence; `nil` where all are.
    static func fault(in report: RunReport) -> String? {
        report.tests.first { !isCountable($0) }.map { "\($0.name) has counts that no run can have" }
    }

    private static func isCountable(_ test: TestReport) -> Bool {
        let load = test.load
        let requests =
            Double(load.scheduled) + load.outcomes.values.reduce(0) { $0 + Double($1) }
            + load.statusCodes.values.reduce(0) { $0 + Double($1) } + Double(load.bytesReceived)
            + Double(load.bytesSent)
        let profiles = [test.profile] + [test.comparison?.baselineProfile].compactMap { $0 }
        return requests < largestSum
            && profiles.allSatisfy { profile in
                profile.paths.reduce(0) { $0 + nanoseconds(of: $1) + calls(of: $1) } < largestSum
            }
    }

    private static func nanoseconds(of path: PathProfile) -> Double {
        Double(path.criticalNanoseconds) + Double(path.selfNanoseconds) + Double(path.totalNanoseconds)
            + Double(path.tailNanoseconds ?? 0) + Double(path.failedNanoseconds ?? 0)
    }

    private static func calls(of path: PathProfile) -> Double {
        Double(path.calls) + Double(path.errors) + Double(path.traces)
    }
}
