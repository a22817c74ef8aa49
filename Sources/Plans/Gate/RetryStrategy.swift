/// How a test is repeated (`spec/contract.md` section 2, Retry).
package enum RetryStrategy: String, Sendable, Hashable, Codable, CaseIterable {
    /// The same again.
    case standard
    /// At a lower rate.
    case throttled
    /// For a shorter time.
    case staged
    /// With load before the measurement.
    case warmStart = "warm-start"
    /// As it worked before; the same again where nothing did yet.
    case guided
    /// As a person's note says.
    case annotated
}
