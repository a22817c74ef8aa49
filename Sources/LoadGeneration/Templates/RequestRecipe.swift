import Curl
import Plans
import Telemetry

/// How to make each request of one test, or of one step of its flow: what is the same for all, and what changes.
///
/// Immutable and shared by the workers. The random values of a request depend only on the test's seed, the run's key and
/// the request's number, never on which worker sends it.
struct RequestRecipe: Sendable {
    let transfer: TransferTemplate
    let numbering: RequestNumbering
    /// Request number of sequence number 0.
    let firstNumber: UInt64
    private let seed: UInt64
    private let baseURL: String
    private let url: TextTemplate?
    private let body: TextTemplate?
    private let cookie: TextTemplate?
    /// Values by the index of `transfer.variableHeaders` less one, because `traceparent` is the first.
    private let headers: [(prefix: [UInt8], value: TextTemplate)]
    /// Where a captured address may lead; `nil` where the path is the plan's own.
    private let allowedServers: Set<ServerAddress>?

    /// - Throws: `LoadError` when a template is unknown, a URL or header cannot be sent, or libcurl cannot do it.
    init(_ shape: RequestShape, in context: RecipeContext) throws(LoadError) {
        let test = context.test
        let tables = context.plan.tables
        func template(
            _ text: String,
            _ place: TextTemplate.Context,
            _ startsRaw: Bool = false
        ) throws(LoadError) -> TextTemplate {
            do throws(TemplateText.UnknownTemplate) {
                return try TextTemplate(
                    text,
                    in: place,
                    tables: tables,
                    variables: shape.variables,
                    startsRaw: startsRaw
                )
            } catch {
                throw .unknownTemplate(test: test.name, template: error.text)
            }
        }

        let isAbsolute = !shape.path.hasPrefix("/")
        let url = try template(isAbsolute ? shape.path : shape.baseURL + shape.path, .url, isAbsolute)
        let content = try BodyTemplate(shape.body, template: template)
        let cookie =
            try shape.cookies.isEmpty
            ? nil : template(shape.cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; "), .header)
        let fields = RequestHeaders(
            shape.headers,
            of: context.plan.target,
            test: context.index,
            contentType: content.type,
            runID: context.runID,
            userAgent: context.userAgent
        )
        var fixed: [HTTPHeader] = []
        var variable = [HTTPHeader(name: "traceparent", value: context.numbering.traceparent(of: 0))]
        var headers: [(prefix: [UInt8], value: TextTemplate)] = []
        for field in fields.all {
            let header = HTTPHeader(name: field.name, value: field.value)
            guard header.isWellFormed else {
                let reason = "header \(field.name.debugDescription) has characters that HTTP does not allow"
                throw .invalidRequest(test: test.name, reason: reason)
            }
            let value = try template(field.value, .header)
            if value.isConstant {
                fixed.append(header)
            } else {
                variable.append(header)
                headers.append((Array("\(field.name): ".utf8), value))
            }
        }

        numbering = context.numbering
        firstNumber = UInt64(context.index) << 40
        seed = test.seed ^ context.numbering.key
        baseURL = shape.baseURL
        self.url = url.isConstant ? nil : url
        body = content.template
        self.cookie = cookie.flatMap { $0.isConstant ? nil : $0 }
        self.headers = headers
        allowedServers = url.startsWithVariable ? context.allowedServers : nil
        transfer = try RequestRecipe.transfer(
            shape,
            in: context,
            headers: (fixed: fixed, variable: variable),
            body: content.constant,
            cookie: cookie
        )
        if allowedServers == nil { try checkURL(url, of: test) }
    }

    /// Fills in what is special to one request; false when a captured address leads to a server that the plan does not
    /// name, and the request must not be sent.
    ///
    /// `scratch` is reused from call to call; its content means nothing.
    @discardableResult
    func prepare(
        _ slot: Int,
        of loop: TransferLoop,
        template: Int = 0,
        number: UInt64,
        sequence: UInt64,
        variables: [[UInt8]] = [],
        scratch: inout [UInt8]
    ) -> Bool {
        loop.use(template: template, in: slot)
        scratch.removeAll(keepingCapacity: true)
        numbering.appendTraceparentLine(of: number, to: &scratch)
        loop.setHeaderLine(0, of: slot, to: scratch)
        guard url != nil || body != nil || cookie != nil || !headers.isEmpty else { return true }

        var random = randomSource(number &- firstNumber)
        if let url {
            scratch.removeAll(keepingCapacity: true)
            url.render(sequence: sequence, random: &random, variables: variables, into: &scratch)
            if let allowedServers {
                guard let address = RequestRecipe.address(scratch, baseURL, allowedServers) else { return false }
                scratch = address
            }
            loop.setURL(of: slot, to: scratch)
        }
        for (index, header) in headers.enumerated() {
            scratch.removeAll(keepingCapacity: true)
            scratch.append(contentsOf: header.prefix)
            header.value.render(sequence: sequence, random: &random, variables: variables, into: &scratch)
            loop.setHeaderLine(index + 1, of: slot, to: scratch)
        }
        if let cookie {
            scratch.removeAll(keepingCapacity: true)
            cookie.render(sequence: sequence, random: &random, variables: variables, into: &scratch)
            loop.setCookieHeader(of: slot, to: scratch)
        }
        if let body {
            scratch.removeAll(keepingCapacity: true)
            body.render(sequence: sequence, random: &random, variables: variables, into: &scratch)
            loop.setBody(of: slot, to: scratch)
        }
        return true
    }

    private static func transfer(
        _ shape: RequestShape,
        in context: RecipeContext,
        headers: (fixed: [HTTPHeader], variable: [HTTPHeader]),
        body: [UInt8],
        cookie: TextTemplate?
    ) throws(LoadError) -> TransferTemplate {
        let transport = context.test.transport
        let settings = ConnectionSettings(transport)
        let server: ServerAddress
        do throws(CurlError) {
            server = ServerAddress(try TargetURL(shape.baseURL))
        } catch {
            throw .invalidRequest(test: context.test.name, reason: error.description)
        }
        if let reason = CurlVersion.refusal(of: settings, scheme: server.scheme) {
            throw .unavailable("\(context.test.name): \(reason)")
        }
        var transfer = TransferTemplate(
            method: shape.method,
            url: shape.path.hasPrefix("/") ? shape.baseURL + shape.path : shape.baseURL,
            headers: headers.fixed,
            variableHeaders: headers.variable,
            body: body,
            timeout: shape.timeout,
            address: context.addresses[server]
        )
        transfer.connection = settings
        if let cookie, cookie.isConstant {
            var random = SplitMix64(seed: 0)
            var bytes: [UInt8] = []
            cookie.render(sequence: 0, random: &random, into: &bytes)
            transfer.cookie = String(decoding: bytes, as: UTF8.self)
        }
        if transport.redirectLimit > 0 {
            transfer.redirects = RedirectRule(limit: transport.redirectLimit, allowedServers: context.allowedServers)
        }
        if shape.readsAnswers { transfer.capture = CapturePolicy(keepsCookies: shape.keepsCookies) }
        return transfer
    }

    // A path counts from the base URL; a whole address must be one the plan names.
    private static func address(
        _ text: [UInt8],
        _ baseURL: String,
        _ allowed: Set<ServerAddress>
    ) -> [UInt8]? {
        if text.first == UInt8(ascii: "/") { return Array(baseURL.utf8) + text }
        guard let url = try? TargetURL(String(decoding: text, as: UTF8.self)) else { return nil }
        return allowed.contains(ServerAddress(url)) ? text : nil
    }

    private func randomSource(_ number: UInt64) -> SplitMix64 {
        var mixer = SplitMix64(seed: seed &+ number)
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
}
