/// The exit code of a run (`spec/contract.md` section 2).
package enum Gate {
    /// 0 pass, warning or exploratory; 1 degraded or fail; 4 invalid, which wins over 1; 130 interrupted, over all.
    ///
    /// - Parameters:
    ///   - statuses: one a test; none at all means nothing was measured, which is invalid.
    ///   - interrupted: whether the run was cut short by a signal.
    ///   - failOnDegraded: whether `degraded` fails the gate.
    /// - Returns: the code to exit with.
    package static func exitCode(
        for statuses: [TestStatus],
        interrupted: Bool = false,
        failOnDegraded: Bool = true
    ) -> Int {
        if interrupted { return 130 }
        if statuses.isEmpty || statuses.contains(.invalid) { return 4 }
        if statuses.contains(.fail) { return 1 }
        return failOnDegraded && statuses.contains(.degraded) ? 1 : 0
    }
}
