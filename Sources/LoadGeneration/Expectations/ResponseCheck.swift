import Curl
import Plans
import Telemetry

/// Judges answers by what a plan expects of them; compiled once, owned by one worker.
final class ResponseCheck {
    /// How a transfer ended, and why where it failed an expectation: words of the plan, never of the answer.
    struct Judgement {
        var outcome: RequestOutcome
        var reason: String?
        /// The body as JSON, where it had to be read as such.
        var document: JSONValue?
    }

    private let expectation: ResponseExpectation
    private let patterns: [(text: String, pattern: TextPattern)]
    // Compiled with their patterns when an answer first needs them.
    private var schemas: [Int: SchemaCheck] = [:]
    /// Stands before each reason.
    private let name: String

    /// `name` is that of the flow's step; empty where there is none.
    init(_ expectation: ResponseExpectation, name: String = "") {
        self.expectation = expectation
        self.name = name.isEmpty ? "" : "\(name): "
        // A plan's patterns have been compiled before; one that fails now accepts nothing.
        patterns = expectation.patterns.compactMap { text in (try? TextPattern(text)).map { (text, $0) } }
    }

    func judge(_ result: TransferResult) -> Judgement {
        if let failure = result.failure { return Judgement(outcome: RequestOutcome(failure)) }
        if result.refusedRedirect {
            return Judgement(
                outcome: .status,
                reason: "\(name)a redirect goes on for too long, or to a server that target.allowedHosts does not name"
            )
        }
        guard expectation.accepts(status: result.status) else {
            return Judgement(outcome: .status, reason: "\(name)HTTP \(result.status)")
        }
        guard expectation.readsBody || expectation.size != nil else { return Judgement(outcome: .completed) }
        var document: JSONValue?
        let fault = fault(of: result, &document)
        return Judgement(
            outcome: fault == nil ? .completed : .validation,
            reason: fault.map { name + $0 },
            document: document
        )
    }

    private func fault(of result: TransferResult, _ document: inout JSONValue?) -> String? {
        if let size = expectation.size, !size.contains(Int(clamping: result.bodyBytes)) {
            return "the body's size is outside expect.size"
        }
        guard expectation.readsBody else { return nil }
        guard let answer = result.answer, !answer.isTruncated else { return "the body is too long to be checked" }
        for (text, pattern) in patterns where !pattern.matches(answer.body) {
            return "the body does not match expect.regex \(text)"
        }
        guard patterns.count == expectation.patterns.count else { return "a pattern of expect.regex is broken" }
        let schema = expectation.schemas.map { $0.schema(for: result.status) }
        if case .some(.none) = schema { return "the API description has no answer \(result.status)" }
        let described = schema.flatMap { $0 }.flatMap { $0 }
        guard !expectation.json.isEmpty || described != nil else { return nil }

        guard let parsed = JSONParser.parse(answer.body) else { return "the body is no JSON" }
        document = parsed
        for expected in expectation.json {
            let values = expected.path.values(in: parsed)
            if values.isEmpty { return "\(expected.path) is missing" }
            if values.contains(where: { $0 != expected.expected }) { return "\(expected.path) has another value" }
        }
        return described.flatMap { check(of: result.status, $0).fault(in: parsed) }.map { "schema: \($0)" }
    }

    private func check(of status: Int, _ schema: JSONSchema) -> SchemaCheck {
        if let known = schemas[status] { return known }
        let check = SchemaCheck(schema)
        schemas[status] = check
        return check
    }
}

extension RequestOutcome {
    init(_ failure: CurlError.Kind) {
        switch failure {
        case .timeout: self = .timeout
        case .dns: self = .dns
        case .refused: self = .refused
        case .reset: self = .reset
        case .tls: self = .tls
        case .invalidRequest, .tooLarge, .queueFull, .exhausted, .cancelled, .transport: self = .transport
        }
    }
}
