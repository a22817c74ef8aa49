import Yams

/// Reads the `steps` of a composite test.
struct StepReader {
    static let example = "steps: [{ endpoint: POST /login, capture: { token: $.token } }, { endpoint: GET /cart }]"
    private static let captureExample = "capture: { token: $.token, next: { header: Location } }"

    let sources: PlanSources
    let target: TargetReader.Target
    /// Of the test, for all steps.
    let headers: YAMLValue?
    let auth: YAMLValue?
    let cookies: YAMLValue?
    let timeout: Duration

    func steps(_ section: YAMLValue) -> [FlowStep]? {
        section.list(example: Self.example).flatMap { steps($0, of: section) }
    }

    /// The same of steps that come from elsewhere; `section` is where to report that there are too many.
    func steps(_ values: [YAMLValue], of section: YAMLValue) -> [FlowStep]? {
        guard !values.isEmpty, values.count <= 100 else {
            section.error("a flow has 1 to 100 steps; example: `\(Self.example)`")
            return nil
        }
        var steps: [FlowStep] = []
        var variables: Set<String> = []
        for value in values {
            guard let step = step(value, variables, taken: steps.map(\.name)) else { continue }
            variables.formUnion(step.captures.map(\.name))
            steps.append(step)
        }
        return steps.count == values.count ? steps : nil
    }

    private func step(_ value: YAMLValue, _ variables: Set<String>, taken: [String]) -> FlowStep? {
        guard let map = value.step(example: Self.example) else { return nil }
        // What is captured is read first, so that a fault elsewhere does not make later steps look wrong too.
        let captures = map.section("capture").map(captures) ?? []
        guard let endpointValue = map.required("endpoint", example: EndpointReader.example),
            let endpoint = EndpointReader(base: target.base, allowed: target.allowed, variables: variables)
                .endpoint(endpointValue),
            sources.checkTemplates(in: endpoint.path, variables, for: endpointValue)
        else { return FlowStep(name: "", path: "/", captures: captures) }
        var step = FlowStep(
            name: name(map, endpoint, taken),
            method: endpoint.method,
            path: endpoint.path,
            origin: endpoint.origin,
            captures: captures,
            timeout: timeout
        )
        let reader = HeaderReader(sources: sources, variables: variables)
        step.headers = fields(map.section("headers"), map.section("auth"), reader)
        let cookies = self.cookies.map(reader.cookies) ?? []
        step.cookies = target.cookies.replaced(by: cookies)
            .replaced(by: map.section("cookies").map(reader.cookies) ?? [])
        step.body = map["body"].flatMap { BodyReader(sources: sources, variables: variables).body($0) }
        if let expect = map.section("expect") {
            let reader = ExpectationReader(sources: sources, request: (endpoint.method, endpoint.path))
            step.expectation = reader.expectation(expect) ?? ResponseExpectation()
        }
        if let think = map["think"] { step.thinkTime = thinkTime(think) }
        if let own = map["timeout"]?.duration(example: "timeout: 10s") { step.timeout = own }
        return step
    }

    private func name(_ map: YAMLMap, _ endpoint: EndpointReader.Endpoint, _ taken: [String]) -> String {
        if let value = map["name"] {
            guard let name = value.text(example: "name: log in")?.onOneLine else { return "" }
            if taken.contains(name) { value.error("another step is named \(name.quoted) too; names tell steps apart") }
            return name
        }
        let plain = "\(endpoint.method) \(endpoint.path)"
        var name = plain
        var count = 1
        while taken.contains(name) {
            count += 1
            name = "\(plain) (\(count))"
        }
        return name
    }

    /// A step's header replaces the test's of the same name.
    private func fields(_ own: YAMLValue?, _ ownAuth: YAMLValue?, _ reader: HeaderReader) -> [HeaderField] {
        let authReader = AuthReader(sources: sources, variables: reader.variables)
        var common = headers.map(reader.headers) ?? []
        if let auth, let header = authReader.header(auth) { common.setAuthorization(header, reportingTo: auth) }
        var fields = own.map(reader.headers) ?? []
        if let ownAuth, let header = authReader.header(ownAuth) {
            fields.setAuthorization(header, reportingTo: ownAuth)
        }
        let names = Set(fields.map { $0.name.lowercased() })
        return common.filter { !names.contains($0.name.lowercased()) } + fields
    }

    private func captures(_ value: YAMLValue) -> [CapturePlan] {
        (value.entries(example: Self.captureExample) ?? []).compactMap { name, value in
            guard name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil, !["uuid", "seq"].contains(name) else {
                value.error("\(name.quoted) is no name for a captured value; example: `\(Self.captureExample)`")
                return nil
            }
            // A fault in its source is reported; the name is known all the same.
            return CapturePlan(name: name, source: source(value) ?? .pattern("."))
        }
    }

    private func source(_ value: YAMLValue) -> CapturePlan.Source? {
        if let text = value.scalarText, !value.isNull {
            return value.jsonPath(text, example: Self.captureExample).map(CapturePlan.Source.json)
        }
        let keys = KnownKeys(known: ["json", "header", "regex"])
        guard let map = value.map(keys, example: Self.captureExample) else { return nil }
        let example = "regex: 'id=(\\d+)'"
        switch (map["json"], map["header"], map["regex"]) {
        case (let path?, nil, nil):
            return path.text(example: "json: $.token").flatMap { path.jsonPath($0, example: "json: $.token") }
                .map(CapturePlan.Source.json)
        case (nil, let header?, let regex):
            guard let name = header.text(example: "header: Location") else { return nil }
            guard let regex else { return .header(name, pattern: nil) }
            return regex.pattern(example: example).map { .header(name, pattern: $0) }
        case (nil, nil, let regex?): return regex.pattern(example: example).map(CapturePlan.Source.pattern)
        default:
            value.error("expected `json`, `header` or `regex`; example: `\(Self.captureExample)`")
            return nil
        }
    }

    private func thinkTime(_ value: YAMLValue) -> ClosedRange<Duration> {
        let example = "think: [200ms, 1s]"
        if value.scalarText != nil {
            let time = value.duration(allowsZero: true, example: "think: 500ms") ?? .zero
            return time...time
        }
        guard let values = value.list(example: example) else { return .zero ... .zero }
        guard values.count == 2, let least = values[0].duration(allowsZero: true, example: example),
            let most = values[1].duration(allowsZero: true, example: example), least <= most
        else {
            value.error("expected a duration, or the shortest and the longest; example: `\(example)`")
            return .zero ... .zero
        }
        return least...most
    }
}

extension YAMLValue {
    /// A map, or an endpoint alone.
    fileprivate func step(example: String) -> YAMLMap? {
        guard scalarText != nil, !isNull else { return map(PlanKeys.step, example: example) }
        return YAMLMap(Node.Mapping([(Node("endpoint"), node)]), of: self, keys: PlanKeys.step)
    }
}
