/// The vocabulary of `test-suite.plan.yaml`: `docs/formats/plan.md` explains each.
enum PlanKeys {
    /// What a test and the plan's `defaults` both may say.
    private static let shared = [
        "rps", "duration", "warmup", "rampUp", "baseRps", "timeout", "connections", "maxLag", "arrivals", "seed",
        "stages", "sine", "replay", "maxRps", "step", "growth", "precision", "slo", "users", "sizes",
        "expect", "httpVersion", "keepAlive", "redirects",
    ]
    private static let request = ["endpoint", "headers", "body", "auth", "cookies"]

    static let plan = KnownKeys(
        known: ["traceId", "moduleId", "editionId", "editions", "target", "defaults", "gate", "retry", "tests"],
        misplaced: misplacedInPlan
    )
    static let defaults = KnownKeys(known: shared)
    static let test = KnownKeys(
        known: ["type", "name", "editions"] + request + shared
            + ["steps", "flow", "feature", "scenario", "excludeFromGate", "retryOnFlakiness"]
    )

    static let step = KnownKeys(
        known: ["name"] + request + ["expect", "capture", "think", "timeout"]
    )

    private static var misplacedInPlan: [String: String] {
        var places: [String: String] = [:]
        for key in shared { places[key] = "move it under `defaults`, or indent it like the test it belongs to" }
        for key in request + ["type", "name", "steps", "flow", "feature"] {
            places[key] = "indent it like the test it belongs to"
        }
        return places
    }
}
