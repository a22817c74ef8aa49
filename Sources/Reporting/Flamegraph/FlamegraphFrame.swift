import Correlation
import Telemetry

/// One frame of the tree from which a flamegraph is drawn.
///
/// Times are milliseconds, means per request of the endpoint.
struct FlamegraphFrame {
    /// What the frame stands for, which decides its colour and hatching.
    enum Kind: Hashable {
        case operation
        /// A frame of which nobody says where it belongs.
        case plain
        /// Time that belongs to no span.
        case synthetic
        /// Frames too small to draw, added up.
        case merged
    }

    var label: String
    var service: String
    var kind: Kind
    /// Literal-free query text.
    var statement: String?
    /// Index into the tree's frames; before this one.
    var parent: Int?
    var depth = 0
    /// For the order of siblings.
    var start: UInt64 = 0
    /// Critical-path time of the frame itself, children not included.
    var own = 0.0
    /// With children; filled in by the tree.
    var inclusive = 0.0
    var calls = 0.0
    /// Share of traces, 0...1.
    var presence = 0.0
    var exemplar: TraceID?
    /// Of the frame's own time over the traces in which it occurs.
    var p50: Double?
    var p95: Double?
    /// Share of calls that end in an error, 0...1.
    var errorShare = 0.0
    /// `nil` in a graph without a baseline.
    var before: Before?

    /// The same frame in the baseline.
    struct Before {
        var own = 0.0
        var inclusive = 0.0
        var calls = 0.0
        /// Whether the comparison found the frame's own change significant.
        var isSignificant = false
    }

    init(label: String, service: String, kind: Kind, parent: Int?) {
        self.label = label
        self.service = service
        self.kind = kind
        self.parent = parent
    }

    init(_ path: PathProfile, parent: Int?) {
        self.init(
            label: PlainText.clean(path.frame.label, limit: 160),
            service: PlainText.clean(path.frame.operation.service, limit: 80),
            kind: path.frame.synthetic == nil ? .operation : .synthetic,
            parent: parent
        )
        statement = path.statement.map { PlainText.clean($0, limit: 240) }
    }

    /// What the frame adds to the width of the graph: in a diff the larger of before and after, so that frames that
    /// are gone stay visible.
    var ownWidth: Double { max(own, before?.own ?? 0) }

    var ownDelta: Double? { before.map { own - $0.own } }

    var isRemoved: Bool { before.map { $0.inclusive > 0 && inclusive == 0 } ?? false }

    var isNew: Bool { before.map { $0.inclusive == 0 && inclusive > 0 } ?? false }
}
