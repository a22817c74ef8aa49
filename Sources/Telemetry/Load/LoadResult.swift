import Statistics

/// What a load phase measured: one entry a test of the plan.
package struct LoadResult: Sendable {
    package var tests: [TestLoad]
    package var numbering: RequestNumbering
    /// As libcurl names itself, such as `libcurl/7.88.1 OpenSSL/3.0.17`.
    package var engine: String
    package var wasInterrupted: Bool

    package init(tests: [TestLoad], numbering: RequestNumbering, engine: String, wasInterrupted: Bool) {
        self.tests = tests
        self.numbering = numbering
        self.engine = engine
        self.wasInterrupted = wasInterrupted
    }
}
