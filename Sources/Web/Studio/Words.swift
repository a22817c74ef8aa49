import Reporting

/// Values as the Studio says them; whatever came from outside is cleaned here and escaped by the template.
enum Words {
    static func clean(_ text: String, limit: Int = 200) -> String { PlainText.clean(text, limit: limit) }

    /// How long ago, in the largest unit that fits.
    static func age(_ moment: UInt64, now: UInt64) -> String {
        let seconds = Int64(clamping: now / 1_000_000_000) - Int64(clamping: moment / 1_000_000_000)
        switch seconds {
        case ..<0: return Timestamp.readable(moment)
        case ..<60: return "just now"
        case ..<3_600: return "\(seconds / 60) min ago"
        case ..<86_400: return "\(seconds / 3_600) h ago"
        default: return "\(seconds / 86_400) d ago"
        }
    }

    /// `+12 %`, `−3 %`; a dash where nothing is known.
    static func change(_ ratio: Double?) -> String { Quantity.change(ratio) ?? "–" }

    /// `1 run`, `1,204 runs`.
    static func counted(_ number: Int, _ noun: String) -> String {
        "\(Quantity.count(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    static func score(_ value: Double) -> String { NumberText.fixed(value, decimals: 2) }

    /// An identifier as part of a path of ours.
    static func path(_ text: String) -> String { Query.escape(text) }
}
