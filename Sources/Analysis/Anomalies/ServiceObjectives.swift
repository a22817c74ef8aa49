/// Which share of the requests of each service must be good, as far as anybody has promised it.
package struct ServiceObjectives: Sendable, Hashable {
    /// Of services without a target of their own; `nil` promises nothing.
    package var standard: Double?
    /// 0...1 by service.
    package var targets: [String: Double]

    package init(standard: Double? = nil, targets: [String: Double] = [:]) {
        self.standard = standard
        self.targets = targets
    }

    /// `nil` where nothing was promised, or what no budget follows from.
    package func objective(of service: String) -> ServiceObjective? {
        guard let target = targets[service] ?? standard, target > 0, target < 1 else { return nil }
        return ServiceObjective(service: service, target: target)
    }
}
