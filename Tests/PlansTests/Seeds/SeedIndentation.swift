/// Gives lines of YAML the indentation that a copy has lost, from what each key is known to hold.
enum SeedIndentation {
    private static let children: [String: Set<String>] = [
        "defaults": ["testType"],
        "thresholds": ["latencyMs", "rpsMin", "errorRateMax", "cpuUsageMax", "memoryUsageMax"],
        "latencyMs": ["p50", "p95", "p99"],
        "input": ["endpoint", "duration", "rps", "testType"],
        "inputs": [
            "traceId", "moduleId", "editionId", "testSuitePath", "thresholdsPath", "failOnDegraded",
        ],
    ]

    static func restored(_ lines: [String]) -> [String] {
        /// Keys that are open, outermost first.
        var open: [(key: String, indent: Int)] = []
        var item: Int?
        return lines.map { line in
            let isItem = line.hasPrefix("- ")
            let content = isItem ? String(line.dropFirst(2)) : line
            let key = String(content.prefix { $0 != ":" })
            if isItem {
                if item == nil { item = open.isEmpty ? 0 : 2 }
                open = []
            } else {
                while let last = open.last, children[last.key]?.contains(key) != true { open.removeLast() }
            }
            let indent = open.last.map { $0.indent + 2 } ?? item.map { $0 + 2 } ?? 0
            if content.hasSuffix(":") { open.append((key, indent)) }
            return String(repeating: " ", count: isItem ? item ?? 0 : indent) + line
        }
    }
}
