import Telemetry

/// What a frame says: on itself, in its tooltip, and to a screen reader.
struct FlamegraphText {
    var label: String
    /// One fact a line.
    var tooltip: String
    /// Name, milliseconds, share, and the change.
    var spoken: String

    init(_ frame: FlamegraphFrame, in panel: FlamegraphPanel) {
        let total = panel.tree.total
        let share = total > 0 ? frame.inclusive / total : 0
        var facts = [frame.label]
        if let statement = frame.statement { facts.append(statement) }
        facts.append(
            "\(Quantity.milliseconds(frame.inclusive)) per request (\(Quantity.percent(share))), "
                + "itself \(Quantity.milliseconds(frame.own))"
        )
        label = frame.label
        spoken = "\(frame.label), \(Quantity.milliseconds(frame.inclusive)), \(Quantity.percent(share))"
        if frame.kind != .merged, frame.inclusive > 0 {
            facts.append(
                "\(Quantity.mean(frame.calls)) calls per request, in \(Quantity.percent(frame.presence)) of traces"
            )
        }
        if let before = frame.before, let delta = frame.ownDelta {
            facts.append(
                "before: \(Quantity.milliseconds(before.inclusive)), itself \(Quantity.milliseconds(before.own)), "
                    + "\(Quantity.mean(before.calls)) calls"
            )
            let word = frame.isRemoved ? "removed" : frame.isNew ? "new" : nil
            let significance = before.isSignificant ? "" : " (not significant)"
            let change = Quantity.signedMilliseconds(delta)
            facts.append("change of its own time: \(change)\(significance)" + (word.map { ", \($0)" } ?? ""))
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
}
