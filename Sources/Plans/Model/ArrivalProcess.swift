/// Whether arrivals are evenly spaced or a Poisson process (time rescaling, seeded).
package enum ArrivalProcess: String, Sendable, Hashable, CaseIterable {
    case uniform, poisson
}
