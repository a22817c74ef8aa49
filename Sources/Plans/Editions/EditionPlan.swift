/// What one edition of a product changes in the plan: one entry of `edition.config.json`.
package struct EditionPlan: Sendable, Hashable {
    package var id: String
    /// Instead of the plan's, where the edition has servers of its own.
    package var baseURL: String?
    /// Sent with every request, instead of the target's of the same name.
    package var headers: [HeaderField] = []
    /// What `{{tenant}}` stands for, one after another.
    package var tenants: [String] = []
    package var traffic = TrafficModel()
    /// The edition's objectives; `perf-thresholds.yaml` wins where it says the same for the edition.
    package var limits: ThresholdRule?
    package var weights: WeightRule?
    /// Names or types of the only tests that this edition runs; empty means all.
    package var tests: [String] = []

    package init(id: String) {
        self.id = id
    }
}
