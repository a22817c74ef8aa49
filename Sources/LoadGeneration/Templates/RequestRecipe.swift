import Curl
import Plans
import Telemetry

/// How to make each request of one test: what is the same for all, and what changes.
///
/// Immutable and shared by the workers. The random values of a request depend only on the test's seed, the run's key and
/// the sequence number, never on which worker sends it.
struct RequestRecipe: Sendable {
    let transfer: TransferTemplate
    let numbering: RequestNumbering
    /// Request number of sequence number 0.
    let firstNumber: UInt64
    private let seed: UInt64
    private let url: TextTemplate?
    private let body: TextTemplate?
    /// Values by the index of `transfer.variableHeaders` less one, because `traceparent` is the first.
    private let headers: [(prefix: [UInt8], value: TextTemplate)]

    /// - Throws: `LoadError` when a template is unknown, or a URL or header cannot be sent.
    init(
        test index: Int,
        of plan: TestPlan,
        numbering: RequestNumbering,
        runID: String,
        userAgent: String,
        address: PinnedAddress?
    ) throws(LoadError) {
        let test = plan.tests[index]
        let url = try RequestRecipe.template(plan.target.baseURL + test.path, in: test)
        let body = try test.body.map { body throws(LoadError) in try RequestRecipe.template(body.text, in: test) }
        let fields = RequestHeaders(test: index, of: plan, runID: runID, userAgent: userAgent)
        var fixed: [HTTPHeader] = []
        var variable = [HTTPHeader(name: "traceparent", value: numbering.traceparent(of: 0))]
        var headers: [(prefix: [UInt8], value: TextTemplate)] = []
        for field in fields.all {
            let header = HTTPHeader(name: field.name, value: field.value)
            guard header.isWellFormed else {
                let reason = "header \(field.name.debugDescription) has characters that HTTP does not allow"
                throw .invalidRequest(test: test.name, reason: reason)
            }
            let value = try RequestRecipe.template(field.value, in: test)
            if value.isConstant {
                fixed.append(header)
            } else {
                variable.append(header)
                headers.append((Array("\(field.name): ".utf8), value))
            }
        }

        self.numbering = numbering
        firstNumber = UInt64(index) << 40
        seed = test.seed ^ numbering.key
        self.url = url.isConstant ? nil : url
        self.body = body.flatMap { $0.isConstant ? nil : $0 }
        self.headers = headers
        transfer = TransferTemplate(
            method: test.method,
            url: plan.target.baseURL + test.path,
            headers: fixed,
            variableHeaders: variable,
            body: Array((test.body?.text ?? "").utf8),
            timeout: test.timeout,
            address: address
        )
        try checkURL(url, of: test)
    }

    /// Fills in what is special to one request.
    ///
    /// `scratch` is reused from call to call; its content means nothing.
    func prepare(_ slot: Int, of loop: TransferLoop, sequence: UInt64, scratch: inout [UInt8]) {
        scratch.removeAll(keepingCapacity: true)
        numbering.appendTraceparentLine(of: firstNumber | sequence, to: &scratch)
        loop.setHeaderLine(0, of: slot, to: scratch)
        guard url != nil || body != nil || !headers.isEmpty else { return }

        var random = randomSource(sequence)
        if let url {
            scratch.removeAll(keepingCapacity: true)
            url.render(sequence: sequence, random: &random, into: &scratch)
            loop.setURL(of: slot, to: scratch)
        }
        for (index, header) in headers.enumerated() {
            scratch.removeAll(keepingCapacity: true)
            scratch.append(contentsOf: header.prefix)
            header.value.render(sequence: sequence, random: &random, into: &scratch)
            loop.setHeaderLine(index + 1, of: slot, to: scratch)
        }
        if let body {
            scratch.removeAll(keepingCapacity: true)
            body.render(sequence: sequence, random: &random, into: &scratch)
            loop.setBody(of: slot, to: scratch)
        }
    }

    private func randomSource(_ sequence: UInt64) -> SplitMix64 {
        var mixer = SplitMix64(seed: seed &+ sequence)
        return SplitMix64(seed: mixer.next())
    }

    private func checkURL(_ url: TextTemplate, of test: TestDefinition) throws(LoadError) {
        var random = randomSource(0)
        var bytes: [UInt8] = []
        url.render(sequence: 0, random: &random, into: &bytes)
        do throws(CurlError) {
            _ = try TargetURL(String(decoding: bytes, as: UTF8.self))
        } catch {
            throw .invalidRequest(test: test.name, reason: error.description)
        }
    }

    private static func template(_ text: String, in test: TestDefinition) throws(LoadError) -> TextTemplate {
        do throws(TextTemplate.UnknownTemplate) {
            return try TextTemplate(text)
        } catch {
            throw .unknownTemplate(test: test.name, template: error.text)
        }
    }
}

extension RequestBody {
    fileprivate var text: String {
        switch self {
        case .text(let text), .json(let text): text
        }
    }
}
