/// Reads Mermaid's `xychart-beta` as its grammar has it (`xychart.jison`), and refuses everything else.
struct XYChart {
    var title = ""
    var labels: [String] = []
    var xRange: ClosedRange<Double>?
    var yRange: ClosedRange<Double> = 0...0
    var series: [(kind: String, values: [Double])] = []

    struct Malformed: Error, CustomStringConvertible {
        var description: String
    }

    init(_ text: String) throws {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        guard lines.popFirst() == "xychart-beta" else {
            throw Malformed(description: "no xychart-beta: \(text.prefix(40))")
        }
        for line in lines {
            let words = line.drop { $0 == " " }
            if let match = words.wholeMatch(of: /title "([^"]*)"/) {
                title = String(match.1)
            } else if let match = words.wholeMatch(of: /x-axis (?:"[^"]*" )?\[(.*)\]/) {
                labels = try XYChart.items(match.1).map { item in
                    guard let label = item.wholeMatch(of: /"([^"\[\]]+)"|[\w.]+/) else {
                        throw Malformed(description: "label \(item)")
                    }
                    return label.1.map(String.init) ?? String(item)
                }
            } else if let match = words.wholeMatch(of: /x-axis (?:"[^"]*" )?(\S+) --> (\S+)/) {
                xRange = try XYChart.range(match.1, match.2)
            } else if let match = words.wholeMatch(of: /y-axis (?:"[^"]*" )?(\S+) --> (\S+)/) {
                yRange = try XYChart.range(match.1, match.2)
            } else if let match = words.wholeMatch(of: /(line|bar) \[(.*)\]/) {
                series.append((String(match.1), try XYChart.items(match.2).map(XYChart.number)))
            } else {
                throw Malformed(description: "line \(line)")
            }
        }
        guard !series.isEmpty, labels.isEmpty != (xRange == nil) else {
            throw Malformed(description: "no data or no axis")
        }
    }

    /// All charts of a Markdown text.
    static func all(in markdown: String) throws -> [XYChart] {
        var charts: [XYChart] = []
        var open: [Substring]?
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "```mermaid" {
                open = []
            } else if line == "```", let lines = open {
                charts.append(try XYChart(lines.joined(separator: "\n")))
                open = nil
            } else {
                open?.append(line)
            }
        }
        return charts
    }

    private static func items(_ list: Substring) -> [Substring] {
        list.split(separator: ",").map { $0.drop { $0 == " " } }
    }

    private static func number(_ text: some StringProtocol) throws -> Double {
        guard String(text).wholeMatch(of: /[+-]?\d+(?:\.\d+)?/) != nil, let value = Double(text) else {
            throw Malformed(description: "number \(text)")
        }
        return value
    }

    private static func range(_ low: Substring, _ high: Substring) throws -> ClosedRange<Double> {
        let (low, high) = (try number(low), try number(high))
        guard low < high else { throw Malformed(description: "range \(low) --> \(high)") }
        return low...high
    }
}
