/// Which anomalies are wanted; what is `nil` does not matter.
package struct AnomalyFilter: Sendable, Hashable {
    package var service: String?
    /// Only those that last.
    package var isLasting: Bool

    package init(service: String? = nil, isLasting: Bool = false) {
        self.service = service
        self.isLasting = isLasting
    }
}
