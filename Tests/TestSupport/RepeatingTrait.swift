import Synchronization
package import Testing

/// Runs a test again when it failed, at most twice; the failures before the last attempt are reported as known issues.
///
/// For tests whose subject is time itself: a neighbour of the virtual machine that takes the cores for a moment makes a correct
/// generator late, and a clean run slow. What is broken fails every time.
package struct RepeatingTrait: TestTrait, SuiteTrait, TestScoping {
    package let attempts: Int
    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        for attempt in 1..<attempts {
            let failed = Mutex(false)
            try await withKnownIssue("attempt \(attempt) of \(attempts) on a busy machine", isIntermittent: true) {
                try await function()
            } matching: { _ in
                failed.withLock { $0 = true }
                return true
            }
            if !failed.withLock({ $0 }) { return }
        }
        try await function()
    }
}

extension Trait where Self == RepeatingTrait {
    /// Three attempts.
    package static var repeatedOnBusyMachine: Self { RepeatingTrait(attempts: 3) }
}
