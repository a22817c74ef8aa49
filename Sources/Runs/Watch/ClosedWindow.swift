import Analysis
import Baselines
import Correlation

/// A window on its way into the store.
struct ClosedWindow: Sendable {
    var window: TelemetryWindow
    var traces: [StoredTrace] = []
    /// Deploys that this window made certain.
    var deploys: [DeployMarker] = []
    /// Versions that came of late and may be deploys: not stored, but no anomaly either.
    var candidates: [DeployMarker] = []
}
