/// What a test of one type finds out beyond latency and errors.
package enum LoadCharacteristic: Sendable, Hashable, Codable {
    /// Of a stress test.
    case loadLine(LoadLine)
    /// Of a concurrency test.
    case scalability(Scalability)
    /// Of a spike test.
    case recovery(SpikeRecovery)
    /// Of a soak test.
    case drift(SoakDrift)
    /// Of a latency test.
    case payloadCost(PayloadCost)
}
