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

        let ours = "plimsoll.run=\(RequestHeaders.baggageValue(runID)),plimsoll.test=\(index)"
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

    // W3C Baggage: values are percent-encoded; what needs no encoding in any position is kept.
    private static func baggageValue(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += byte < 16 ? "%0" : "%"
                encoded += String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
