import Analysis
import Plans

extension Project {
    /// Only the tests that are to be repeated, each changed as its step says.
    func repeating(_ steps: [RetryStep]) -> Project {
        var project = self
        project.plan.tests = plan.tests.compactMap { test in
            guard let change = steps.first(where: { $0.test == test.name })?.change else { return nil }
            var traffic = TrafficModel()
            traffic.rate = change.rateFactor
            traffic.users = change.rateFactor
            traffic.duration = change.durationFactor
            var changed = traffic.applied(to: test)
            if let warmup = change.warmupSeconds { changed.warmup = max(test.warmup, .seconds(warmup)) }
            return changed
        }
        return project
    }
}
