import Analysis
import Plans

/// A project as it was understood, for people and for programs.
struct ProjectSummary: Encodable {
    struct Test: Encodable {
        var name: String
        var type: String
        var edition: String
        var load: String
        var seconds: Double
        var limits: [Limit]
    }

    struct Limit: Encodable {
        var name: String
        var value: Double
        var source: String
    }

    struct Diagnostic: Encodable {
        var severity: String
        var file: String
        var line: Int
        var column: Int
        var message: String

        init(_ diagnostic: PlanDiagnostic) {
            severity = diagnostic.severity.rawValue
            file = diagnostic.file
            line = diagnostic.line
            column = diagnostic.column
            message = diagnostic.message
        }
    }

    var valid = true
    var module: String?
    var editions: [String] = []
    var target: String?
    var tests: [Test] = []
    /// `METHOD /path` that no test asks.
    var untested: [String] = []
    var notes: [String] = []
    var diagnostics: [Diagnostic]

    /// Of a project that cannot be run.
    init(_ error: ProjectError) {
        valid = false
        diagnostics = error.diagnostics.map(Diagnostic.init)
    }

    /// `now` is in Unix seconds: notes of people may have run out.
    init(_ project: Project, at now: Int64) {
        diagnostics = project.warnings.map(Diagnostic.init)
        module = project.plan.moduleID
        editions = project.plan.editionIDs
        target = project.plan.target.baseURL
        for id in editions {
            let edition = project.edition(id)
            let rules = VerdictRules(edition, at: now)
            tests += edition.plan.tests.map { definition in
                Test(
                    name: definition.name,
                    type: definition.type.rawValue,
                    edition: id,
                    load: LoadText(definition).text,
                    seconds: (definition.duration + definition.warmup) / .seconds(1),
                    limits: ResolvedLimits.list(for: definition, in: edition.plan, rules: rules).map {
                        Limit(name: $0.name, value: $0.value, source: $0.source)
                    }
                )
            }
            if notes.isEmpty { notes = rules.warnings }
        }
        let asked = project.plan.tests.flatMap(\.endpoints)
        untested = project.knownEndpoints.filter { known in !asked.contains { EndpointPattern(known).matches($0) } }
    }

    var text: String {
        var table = TextTable(["test", "type", "load", "limits"])
        for test in tests {
            let name = editions.count > 1 ? "\(test.name) (\(test.edition))" : test.name
            for (index, limit) in test.limits.enumerated() {
                let isFirst = index == 0
                table.add([
                    isFirst ? name : "", isFirst ? test.type : "", isFirst ? test.load : "",
                    "\(limit.name) \(number(limit.value)) (\(limit.source))",
                ])
            }
        }
        let minutes = Int((tests.reduce(0) { $0 + $1.seconds } / 60).rounded(.up))
        var lines = ["\(module ?? "") at \(target ?? "")", "", table.text, ""]
        let count = "\(tests.count) test\(tests.count == 1 ? "" : "s")"
        lines.append("\(count), about \(minutes) min; a baseline of earlier runs may add to these limits")
        if !untested.isEmpty {
            let shown = untested.prefix(5).joined(separator: ", ")
            lines.append("described and not tested: \(shown)\(untested.count > 5 ? ", …" : "")")
        }
        lines += notes
        for diagnostic in diagnostics {
            let place = diagnostic.line > 0 ? ":\(diagnostic.line):\(diagnostic.column)" : ""
            lines.append("\(diagnostic.file)\(place): \(diagnostic.severity): \(diagnostic.message)")
        }
        lines.append(
            diagnostics.isEmpty
                ? "valid" : "valid, with \(diagnostics.count) warning\(diagnostics.count == 1 ? "" : "s")"
        )
        return lines.joined(separator: "\n")
    }

    private func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }
}
