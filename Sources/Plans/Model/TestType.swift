/// The words of the plan's `type`.
package enum TestType: String, Sendable, Hashable, CaseIterable, Codable {
    case load, spike, soak, stress, concurrency, latency, composite
}
