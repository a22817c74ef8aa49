import Foundation

/// The lines of a `score.log.jsonl` in words.
struct ScoreExplanation {
    /// What any step may say; each says its own part of it.
    private struct Line: Decodable {
        var endpoint: String
        var testType: String
        var step: String
        var component: String?
        var weight: Double?
        var effectiveWeight: Double?
        var value: Double?
        var reason: String?
        var name: String?
        var limit: Double?
        var measured: Double?
        var unit: String?
        var met: Bool?
        var source: String?
        var change: String?
        var strategy: String?
        var cause: String?
        var originalStatus: String?
        var retryResult: Result?
        var outcome: String?
        var finalScore: Double?
        var status: String?
        var reasons: [String]?
    }

    private struct Result: Decodable {
        var status: String
        var performanceScore: Double
    }

    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    let text: String

    /// - Throws: `Fault` with the number of the line that is none.
    init(_ data: Data) throws {
        var parts: [String] = []
        var current: String?
        for (index, bytes) in data.split(separator: UInt8(ascii: "\n")).enumerated() {
            let line: Line
            do {
                line = try JSONDecoder().decode(Line.self, from: bytes)
            } catch {
                throw Fault(description: "line \(index + 1) is no line of a score log")
            }
            let test = "\(line.endpoint) (\(line.testType))"
            if test != current {
                parts.append((current == nil ? "" : "\n") + test)
                current = test
            }
            parts += ScoreExplanation.words(line).map { "  " + $0 }
        }
        guard current != nil else { throw Fault(description: "the log is empty") }
        text = parts.joined(separator: "\n")
    }

    private static func words(_ line: Line) -> [String] {
        switch line.step {
        case "component":
            let name = line.component ?? ""
            guard let value = line.value, let weight = line.effectiveWeight else {
                return ["\(padded(name)) not counted: \(line.reason ?? "")"]
            }
            let shared =
                line.weight == weight ? "" : " (of \(number(line.weight ?? 0)), weights of missing parts shared out)"
            return [
                "\(padded(name)) \(number(value)) × \(number(weight)) = \(number(value * weight))\(shared): \(line.reason ?? "")"
            ]
        case "limit":
            let verdict = line.met == false ? "VIOLATED" : "met"
            return [
                "\(padded("limit " + (line.name ?? ""))) \(verdict): \(number(line.measured ?? 0)) against "
                    + "\(number(line.limit ?? 0)) \(line.unit ?? "") (\(line.source ?? ""))"
            ]
        case "override": return ["\(padded("override")) \(line.change ?? "")"]
        case "retry":
            let result = line.retryResult.map { "\($0.status), score \(number($0.performanceScore))" } ?? ""
            return [
                "\(padded("retry")) \(line.strategy ?? "") because \(line.cause ?? ""): \(line.originalStatus ?? ""), then "
                    + "\(result); \(line.outcome ?? "")"
            ]
        case "final":
            let head = "\(padded("score")) \(number(line.finalScore ?? 0)), \(line.status ?? "")"
            return [head] + (line.reasons ?? []).map { "\(padded("because")) \($0)" }
        default: return []
        }
    }

    private static func padded(_ text: String) -> String {
        text + String(repeating: " ", count: max(0, 24 - text.count))
    }

    private static func number(_ value: Double) -> String {
        let rounded = (value * 1000).rounded() / 1000
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int64(rounded))" : "\(rounded)"
    }
}
