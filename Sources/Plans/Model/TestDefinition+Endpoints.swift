extension TestDefinition {
    /// `METHOD /path` of every request it makes, `{}` in place of each template: to be held against a description.
    package var endpoints: [String] {
        let requests = steps.isEmpty ? [(method, path)] : steps.map { ($0.method, $0.path) }
        return requests.map { method, path in "\(method) \(path.replacing(/\{\{[^}]*\}\}/, with: "{}"))" }
    }
}
