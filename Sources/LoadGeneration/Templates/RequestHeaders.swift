import Curl
import Plans

/// The headers of a test's requests apart from `traceparent`, which is ours and changes with each.
///
/// A test's header replaces the target's of the same name, and both replace ours. `baggage` is the exception: our
/// members are added to those of the plan.
struct RequestHeaders {
    private(set) var all: [HeaderField] = []

    init(
        _ own: [HeaderField],
        of target: TargetPlan,
        test index: Int,
        contentType: String?,
        runID: String,
        userAgent: String
    ) {
        set(HeaderField(name: "User-Agent", value: userAgent))
        if let contentType { set(HeaderField(name: "Content-Type", value: contentType)) }
        for field in target.headers + own { set(field) }
        // The join needs our trace ids.
        all.removeAll { $0.name.lowercased() == "traceparent" }

        let ours = "plimsoll.run=\(PercentEncoding.text(runID)),plimsoll.test=\(index)"
        let theirs = all.first { $0.name.lowercased() == "baggage" }?.value ?? ""
        set(HeaderField(name: "baggage", value: theirs.isEmpty ? ours : "\(theirs),\(ours)"))
    }

    private mutating func set(_ field: HeaderField) {
        let name = field.name.lowercased()
        if let index = all.firstIndex(where: { $0.name.lowercased() == name }) {
            all[index] = field
        } else {
            all.append(field)
        }
    }
}
