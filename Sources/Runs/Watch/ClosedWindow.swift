import Analysis
import Baselines
import Correlation

/// A window on its way into the store.
struct ClosedWindow: Sendable {
    var window: TelemetryWindow
    var traces: [StoredTrace] = []
    /// Deploys that this window made certain.
    var deploys: [DeployMarker] = []
}
