import Telemetry

/// What a frame says: on itself, in its tooltip, and to a screen reader.
struct FlamegraphText {
    var label: String
    /// One fact a line.
    var tooltip: String
    /// Name, amount, share, and the change.
    var spoken: String

    init(_ frame: FlamegraphFrame, in panel: FlamegraphPanel) {
        let (total, unit) = (panel.tree.total, panel.unit)
        let share = total > 0 ? frame.inclusive / total : 0
        var facts = [frame.label]
        if let statement = frame.statement { facts.append(statement) }
        facts.append(
            "\(unit.text(frame.inclusive))\(unit.suffix) (\(Quantity.percent(share))), itself \(unit.text(frame.own))"
        )
        label = frame.label
        spoken = "\(frame.label), \(unit.text(frame.inclusive)), \(Quantity.percent(share))"
        if frame.kind != .merged, frame.inclusive > 0, unit == .millisecondsPerRequest {
            facts.append(
                "\(Quantity.mean(frame.calls)) calls per request, in \(Quantity.percent(frame.presence)) of traces"
            )
            facts += FlamegraphText.spread(frame)
        }
        if let before = frame.before, let delta = frame.ownDelta {
            let calls = unit == .millisecondsPerRequest ? ", \(Quantity.mean(before.calls)) calls" : ""
            facts.append("before: \(unit.text(before.inclusive)), itself \(unit.text(before.own))\(calls)")
            let word = frame.isRemoved ? "removed" : frame.isNew ? "new" : nil
            let significance = before.isSignificant ? "" : " (not significant)"
            let change = unit.signed(delta)
            facts.append("change of its own: \(change)\(significance)" + (word.map { ", \($0)" } ?? ""))
            facts.append("change with what it calls: \(unit.signed(frame.inclusive - before.inclusive))")
            if let word { label += " (\(word))" }
            if before.isSignificant { label += " " + change }
            if word == nil, (frame.calls - before.calls).magnitude >= 0.5 {
                label += " (\(Quantity.mean(before.calls)) → \(Quantity.mean(frame.calls)) calls)"
            }
            spoken += ", \(word ?? change)\(significance)"
        }
        if let exemplar = frame.exemplar { facts.append("trace \(exemplar.hex)") }
        tooltip = facts.joined(separator: "\n")
    }

    // What a mean hides: how the frame's own time spreads over requests, and how often its calls fail.
    private static func spread(_ frame: FlamegraphFrame) -> [String] {
        var facts: [String] = []
        if let p50 = frame.p50, let p95 = frame.p95, frame.own > 0 {
            facts.append("itself p50 \(Quantity.milliseconds(p50)), p95 \(Quantity.milliseconds(p95))")
        }
        if frame.errorShare > 0 { facts.append("\(Quantity.percent(frame.errorShare)) of calls end in an error") }
        return facts
    }
}
