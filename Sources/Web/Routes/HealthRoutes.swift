import Baselines
import HTTPTypes
import Hummingbird

/// Whether the process answers (`/healthz`), and whether it has a store to answer from (`/readyz`).
struct HealthRoutes: RouteSet {
    let state: WebState

    func add(to router: Router<WebContext>) {
        router.get("healthz") { _, _ in "ok\n" }
        router.get("readyz") { _, _ in
            do {
                _ = try await state.store.windowRange()
                return "ready\n"
            } catch {
                throw Problem(.serviceUnavailable, "the store cannot be read")
            }
        }
    }
}
