import Yams

/// A map of a file, read by key.
struct YAMLMap {
    let value: YAMLValue
    private let entries: [String: Node]

    /// Reports unknown and unread keys; `<<` merges are resolved, own keys win.
    init(_ mapping: Node.Mapping, of value: YAMLValue, keys: KnownKeys) {
        self.value = value
        var entries: [String: Node] = [:]
        var merged: [Node.Mapping] = []
        for (key, node) in mapping {
            guard case .scalar(let scalar) = key else {
                value.log.error(at: key.mark.map(Place.init), "a key must be text; example: `rps: 100`")
                continue
            }
            if scalar.string == "<<" {
                merged += YAMLMap.sources(of: node)
                continue
            }
            entries[scalar.string] = node
            YAMLMap.check(scalar, of: value, against: keys)
        }
        for source in merged {
            for (key, node) in source {
                guard case .scalar(let scalar) = key, entries[scalar.string] == nil else { continue }
                entries[scalar.string] = node
            }
        }
        self.entries = entries
    }

    /// The value of a key that is there; `nil` when it is absent.
    subscript(key: String) -> YAMLValue? {
        entries[key].map {
            YAMLValue(
                node: $0,
                name: value.name.isEmpty ? key : "\(value.name).\(key)",
                log: value.log,
                origin: value.origin
            )
        }
    }

    /// Like the subscript, but a key with nothing behind its colon counts as absent: for maps and lists of which all
    /// lines were commented out.
    func section(_ key: String) -> YAMLValue? {
        guard let section = self[key], !section.isNull else { return nil }
        return section
    }

    /// The value of a key that must be there; reports when it is not.
    func required(_ key: String, example: String) -> YAMLValue? {
        if let value = self[key] { return value }
        value.error("`\(key)` is missing; example: `\(example)`")
        return nil
    }

    private static func sources(of node: Node) -> [Node.Mapping] {
        switch node {
        case .mapping(let mapping): [mapping]
        case .sequence(let sequence): sequence.compactMap(\.mapping)
        case .scalar, .alias: []
        }
    }

    private static func check(_ key: Node.Scalar, of value: YAMLValue, against keys: KnownKeys) {
        let name = key.string
        guard !keys.known.contains(name) else { return }
        let shown = value.name.isEmpty ? name.onOneLine : "\(value.name).\(name.onOneLine)"
        let place = key.mark.map(Place.init)
        if keys.unread.contains(name) {
            value.log.warning(at: place, "`\(shown)` has no effect: this version does not read it yet")
        } else if let elsewhere = keys.misplaced[name] {
            value.log.warning(at: place, "`\(shown)` has no effect here: \(elsewhere)")
        } else {
            let hint = NearestWord.hint(for: name, among: keys.known)
            value.log.warning(at: place, "unknown key `\(shown)`; \(hint)")
        }
    }
}
