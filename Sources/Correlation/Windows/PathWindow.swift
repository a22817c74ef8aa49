/// One path of calls within a `TelemetryWindow`, summed over its traces: what a flamegraph of any stretch is made of.
package struct PathWindow: Sendable, Hashable {
    package var frame: PathFrame
    /// Index into `TelemetryWindow.paths`; `nil` for the frame of the entry itself.
    package var parent: Int?
    package var calls: Int
    /// Nanoseconds on the critical path in the frame itself.
    package var criticalNanoseconds: UInt64
    /// Nanoseconds in the frame itself, on the critical path or beside it.
    package var selfNanoseconds: UInt64

    package init(
        frame: PathFrame,
        parent: Int?,
        calls: Int = 0,
        criticalNanoseconds: UInt64 = 0,
        selfNanoseconds: UInt64 = 0
    ) {
        self.frame = frame
        self.parent = parent
        self.calls = calls
        self.criticalNanoseconds = criticalNanoseconds
        self.selfNanoseconds = selfNanoseconds
    }
}
