/// What `junit-10.xsd` of Jenkins' xUnit plug-in allows, in a table of our own.
///
/// Source: `jenkinsci/xunit-plugin`, `src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd`. It is the
/// strictest of the common readers: Surefire's own schema and GitLab's parser allow all of it.
enum JUnitShape {
    private struct Rule {
        var required: Set<String> = []
        var optional: Set<String> = []
        var children: Set<String> = []
        var hasText = false
    }

    private static let outcome = Rule(optional: ["type", "message"], hasText: true)

    private static let rules: [String: Rule] = [
        "testsuites": Rule(optional: ["name", "time", "tests", "failures", "errors"], children: ["testsuite"]),
        "testsuite": Rule(
            required: ["name", "tests", "failures", "errors"],
            optional: [
                "group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url",
            ],
            children: ["testsuite", "properties", "testcase", "system-out", "system-err"]
        ),
        "properties": Rule(children: ["property"]),
        "property": Rule(required: ["name", "value"]),
        "testcase": Rule(
            required: ["name"],
            optional: ["time", "classname", "group"],
            children: [
                "skipped", "error", "failure", "rerunFailure", "rerunError", "flakyFailure", "flakyError", "system-out",
                "system-err",
            ]
        ),
        "failure": outcome, "error": outcome, "skipped": outcome,
    ]

    /// Every way in which a document is not of that shape; empty where it is.
    static func faults(in element: XMLReader.Element) -> [String] {
        guard let rule = rules[element.name] else { return ["<\(element.name)> is unknown"] }
        let names = Set(element.attributes.keys)
        var faults = rule.required.subtracting(names).sorted().map { "<\(element.name)> has no \($0)" }
        faults += names.subtracting(rule.required).subtracting(rule.optional).sorted().map {
            "<\(element.name)> may have no \($0)"
        }
        faults += element.children.map(\.name).filter { !rule.children.contains($0) }.map {
            "<\($0)> may not stand in <\(element.name)>"
        }
        if !rule.hasText, element.text.contains(where: { !$0.isWhitespace }) {
            faults.append("<\(element.name)> has text")
        }
        // SUREFIRE_TIME: groups of thousands, a point, decimals; no sign and no exponent.
        if element.name != "testcase", let time = element.attributes["time"],
            time.wholeMatch(of: /(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?/) == nil
        {
            faults.append("<\(element.name)> took \(time)")
        }
        return faults + element.children.flatMap(JUnitShape.faults)
    }
}
