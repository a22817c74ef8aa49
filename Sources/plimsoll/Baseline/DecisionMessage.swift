import ArgumentParser
import Baselines
import Foundation

/// Says for which tests a decision holds.
struct DecisionMessage {
    private let keys: [BaselineKey]

    /// - Throws: `CommandFailure` when it holds for none.
    init(_ keys: [BaselineKey], run: String, test: String?) throws {
        guard !keys.isEmpty else {
            throw CommandFailure(test.map { "run \(run) has no test \"\($0)\"" } ?? "run \(run) has no test")
        }
        self.keys = keys
    }

    func show(_ text: String) throws {
        for key in keys { writeLine("\(key.endpoint) (\(key.testType)) \(text)", to: STDOUT_FILENO) }
    }
}
