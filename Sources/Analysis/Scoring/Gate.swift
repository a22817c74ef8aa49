package import Plans

/// The gate of a run (`spec/contract.md` section 2).
package enum Gate {
    /// Exit codes: 0 pass, warning, exploratory or needs-review; 1 degraded, fail or too low a score; 4 invalid, which wins
    /// over 1; 130 interrupted, over all.
    ///
    /// - Parameters:
    ///   - tests: every test with its verdict; none at all means nothing was measured, which is invalid.
    ///   - options: of the plan and the command line.
    ///   - interrupted: whether the run was cut short by a signal.
    /// - Returns: the code to exit with, and what led to it.
    package static func decide(
        _ tests: [(name: String, verdict: Verdict)],
        options: GateOptions = GateOptions(),
        interrupted: Bool = false
    ) -> GateDecision {
        var decision = GateDecision(exitCode: 0)
        var isInvalid = tests.isEmpty
        for (name, verdict) in tests {
            if let source = verdict.gateExclusion {
                decision.notes.append("\(name) is \(verdict.status.rawValue) and left out of the gate (\(source))")
                continue
            }
            switch verdict.status {
            case .invalid:
                isInvalid = true
                decision.reasons.append("\(name): the measurement cannot be trusted")
            case .needsReview:
                decision.notes.append("\(name) needs review and does not gate: \(verdict.reasons.first ?? "")")
            case .pass, .exploratory, .warning, .degraded, .fail:
                judge(name, verdict, options, &decision)
            }
        }
        decision.exitCode = interrupted ? 130 : isInvalid ? 4 : decision.reasons.isEmpty ? 0 : 1
        return decision
    }

    private static func judge(
        _ name: String,
        _ verdict: Verdict,
        _ options: GateOptions,
        _ decision: inout GateDecision
    ) {
        let reason = verdict.reasons.first ?? verdict.status.rawValue
        if fails(verdict.status, options) {
            let apart = verdict.statusApartFromBaseline
            guard options.warnsOnRegression, let apart, !fails(apart, options) else {
                decision.reasons.append("\(name) is \(verdict.status.rawValue): \(reason)")
                return
            }
            decision.notes.append("\(name): a regression, which only warns here: \(reason)")
        } else if verdict.status == .degraded {
            decision.notes.append("\(name) is degraded, which passes here: \(reason)")
        }
        // A weighted mean of exact ones may come out a rounding error below a bound.
        if let least = options.minimumScore, verdict.scoreExclusion == nil, verdict.score.value + 1e-9 < least {
            decision.reasons.append(
                "\(name): the score \(Wording.number(verdict.score.value)) is below the \(Wording.number(least)) that the "
                    + "gate asks for"
            )
        }
    }

    private static func fails(_ status: TestStatus, _ options: GateOptions) -> Bool {
        status == .fail || (status == .degraded && options.failsOnDegraded)
    }
}
