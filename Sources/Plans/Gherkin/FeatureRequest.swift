import Yams

/// One request of a feature, on its way to a step of a flow.
struct FeatureRequest {
    var endpoint: String
    var place: Place
    var headers: [(Node, Node)] = []
    var body: Node?
    private var statuses: [Node] = []
    private var patterns: [Node] = []
    private var captures: [(Node, Node)] = []
    private var pause: String?

    init(endpoint: String, place: Place) {
        self.endpoint = endpoint
        self.place = place
    }

    /// What a later step says of this request; `false` for words that say nothing of one.
    mutating func add(_ phrase: FeaturePhrase) -> Bool {
        switch phrase {
        case .status(let status): statuses.append(Node("\(status)", .implicit, .plain))
        case .contains(let text): patterns.append(.text(FeatureRequest.literal(text)))
        case .capture(let path, let name): captures.append((Node(name), .text(path)))
        case .pause(let time): pause = time
        case .call, .header, .unknown: return false
        }
        return true
    }

    /// JSON where it is JSON, else plain text.
    static func body(_ document: String) -> Node {
        let isJSON = document.first { !$0.isWhitespace }.map { "{[".contains($0) } ?? false
        if isJSON, let node = try? Yams.compose(yaml: document) { return [Node("json"): node] }
        return [Node("text"): .text(document)]
    }

    /// The step as it would stand in a plan.
    var node: Node {
        var pairs: [(Node, Node)] = [(Node("endpoint"), .text(endpoint))]
        if !headers.isEmpty { pairs.append((Node("headers"), .mapping(Node.Mapping(headers)))) }
        if let body { pairs.append((Node("body"), body)) }
        var expect: [(Node, Node)] = []
        if !statuses.isEmpty { expect.append((Node("status"), .sequence(Node.Sequence(statuses)))) }
        if !patterns.isEmpty { expect.append((Node("regex"), .sequence(Node.Sequence(patterns)))) }
        if !expect.isEmpty { pairs.append((Node("expect"), .mapping(Node.Mapping(expect)))) }
        if !captures.isEmpty { pairs.append((Node("capture"), .mapping(Node.Mapping(captures)))) }
        if let pause { pairs.append((Node("think"), .text(pause))) }
        return .mapping(Node.Mapping(pairs))
    }

    /// A pattern that finds the text as it is.
    private static func literal(_ text: String) -> String {
        text.reduce(into: "") { $0 += "\\^$.|?*+()[]{}".contains($1) ? "\\\($1)" : "\($1)" }
    }
}

extension Node {
    /// A scalar that stays text, whatever its characters.
    static func text(_ text: String) -> Node { Node(text, .implicit, .doubleQuoted) }
}
