import Curl
import Plans

/// Takes the values out of an answer that later steps of its flow need; compiled once, owned by one worker.
final class CaptureReader {
    /// A longer value is no token, id or address.
    private static let valueLimit = 64 << 10

    private let captures: [(plan: CapturePlan, variable: Int, pattern: TextPattern?)]

    init(_ captures: [CapturePlan], variables: [String]) {
        self.captures = captures.compactMap { plan in
            guard let variable = variables.firstIndex(of: plan.name) else { return nil }
            let text: String? =
                switch plan.source {
                case .json: nil
                case .pattern(let text): text
                case .header(_, let text): text
                }
            return (plan, variable, text.flatMap { try? TextPattern($0) })
        }
    }

    /// Writes what it finds into `variables`; returns the name of the first value that the answer does not have.
    ///
    /// `document` is the body as JSON, where it has been parsed already.
    func read(_ answer: CapturedAnswer?, document: JSONValue?, into variables: inout [[UInt8]]) -> String? {
        guard !captures.isEmpty else { return nil }
        guard let answer else { return captures[0].plan.name }
        var document = document
        for (plan, variable, pattern) in captures {
            let value: [UInt8]?
            switch plan.source {
            case .json(let path):
                if document == nil { document = JSONParser.parse(answer.body) }
                value = document.flatMap { path.values(in: $0).first?.scalarText }.map { Array($0.utf8) }
            case .pattern: value = pattern?.capture(in: answer.body)
            case .header(let name, let text):
                let header = answer.header(name).map { Array($0.utf8) }
                value = text == nil ? header : header.flatMap { pattern?.capture(in: $0) }
            }
            guard let value, value.count <= CaptureReader.valueLimit else { return plan.name }
            variables[variable] = value
        }
        return nil
    }
}
