import Baselines
import HTTPTypes
import Hummingbird
import Runs

/// Whether the process answers (`/healthz`), and whether it has a store to answer from (`/readyz`).
///
/// A store that refuses to be written does not make it unready: telemetry is received and waits, which is better than none;
/// `/readyz` says it in words. Neither says more, since neither asks for a token.
struct HealthRoutes: RouteSet {
    let state: WebState

    func add(to router: Router<WebContext>) {
        router.get("healthz") { _, _ in "ok\n" }
        router.get("readyz") { _, _ in
            do {
                _ = try await state.store.windowRange()
                return state.watch.progress.lastError == nil ? "ready\n" : "ready; windows wait to be stored\n"
            } catch {
                throw Problem(.serviceUnavailable, "the store cannot be read")
            }
        }
    }
}
