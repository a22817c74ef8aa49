/// A test's own keys, with the plan's defaults behind them.
struct TestSettings {
    let test: YAMLMap
    let defaults: YAMLMap?

    /// The test's value, else the default; `nil` when neither is given.
    subscript(key: String) -> YAMLValue? { test[key] ?? defaults?[key] }

    /// Like the subscript, but a key with nothing behind its colon counts as absent.
    func section(_ key: String) -> YAMLValue? { test.section(key) ?? defaults?.section(key) }

    /// Only what stands in the test itself.
    func own(_ key: String) -> YAMLValue? { test[key] }

    /// Reports when neither gives the key.
    func required(_ key: String, example: String) -> YAMLValue? {
        self[key] ?? test.required(key, example: example)
    }
}
