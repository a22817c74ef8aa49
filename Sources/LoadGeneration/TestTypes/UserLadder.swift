import Plans
import Statistics
import Telemetry

/// The steps of a concurrency test: so many virtual users, each sending as soon as it is answered.
struct UserLadder: StepPlan {
    private let settings: ConcurrencySettings
    private var index = 0

    init(_ settings: ConcurrencySettings) {
        self.settings = settings
    }

    mutating func next(elapsed: Duration) -> StepOrder? {
        guard index < settings.users.count else { return nil }
        let users = settings.users[index]
        return StepOrder(
            role: .users,
            level: Double(users),
            load: LoadOrder(.closed(users: users), warmup: settings.settle, duration: settings.step)
        )
    }

    mutating func take(_ load: TestLoad) -> LoadStep {
        defer { index += 1 }
        return LoadStep(role: .users, level: Double(settings.users[index]), of: load)
    }

    func isCounted(_ step: LoadStep) -> Bool { true }

    func characteristic(of steps: [LoadStep]) -> LoadCharacteristic? {
        let points = steps.filter { $0.invalidReasons.isEmpty && $0.answered > 0 }
            .map { ScalabilityFit.Point(users: $0.level, rate: $0.achievedRate) }
        return ScalabilityFit(points).map { fit in
            .scalability(
                Scalability(
                    ratePerUser: fit.ratePerUser,
                    contention: fit.contention,
                    coherency: fit.coherency,
                    bestUsers: fit.bestUsers,
                    bestRate: fit.bestRate,
                    determination: fit.determination
                )
            )
        }
    }
}
