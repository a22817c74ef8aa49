/// What a declared deploy must be: the same rules, in the same words, for commands, the API, the page and the store.
extension DeployMarker {
    /// Of a service and of a version.
    package static let nameBytes = 200
    package static let messageBytes = 4_000
    package static let urlBytes = 2_000

    /// The year 2000: seconds taken for nanoseconds would be 1970, and forgotten at once.
    private static let earliest: UInt64 = 946_684_800_000_000_000
    /// A day: a deploy far ahead would hide all others until then.
    private static let ahead: UInt64 = 86_400_000_000_000

    /// Why it may not be kept, in words; `nil` for one that may.
    ///
    /// What spans brought is taken as it is, since it names what the windows name; only what somebody typed is held to
    /// rules. With `now`, Unix nanoseconds, its moment is looked at, too.
    package func problem(now: UInt64? = nil) -> String? {
        guard source == .declared else { return nil }
        return DeployMarker.problem(ofName: service, called: "service")
            ?? DeployMarker.problem(ofName: version, called: "version")
            ?? problemOfTexts ?? now.flatMap { DeployMarker.problem(ofMoment: at, now: $0) }
    }

    /// Why a service or a version cannot be called so; `nil` where it can.
    package static func problem(ofName name: String, called what: String) -> String? {
        isText(name, of: 1...nameBytes, allowsLines: false)
            ? nil : "\(what) must be one line of 1 to \(nameBytes) bytes"
    }

    /// Why a deploy cannot have been then; `nil` where it can.
    package static func problem(ofMoment at: UInt64, now: UInt64) -> String? {
        at >= earliest && at <= now + ahead
            ? nil : "a deploy must be between the year 2000 and a day from now: give seconds, or nanoseconds over HTTP"
    }

    private var problemOfTexts: String? {
        if let message, !DeployMarker.isText(message, of: 0...DeployMarker.messageBytes, allowsLines: true) {
            return "message must be text of \(DeployMarker.messageBytes) bytes at most"
        }
        guard let url else { return nil }
        let isAddress = url.hasPrefix("https://") || url.hasPrefix("http://")
        return isAddress && !url.contains(" ")
            && DeployMarker.isText(url, of: 1...DeployMarker.urlBytes, allowsLines: false)
            ? nil : "url must be an http or https address of \(DeployMarker.urlBytes) bytes at most"
    }

    /// Nothing in it may steer a terminal, nor hide in a page.
    private static func isText(_ text: String, of bytes: ClosedRange<Int>, allowsLines: Bool) -> Bool {
        bytes.contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar.properties.generalCategory {
                case .control: allowsLines && (scalar == "\n" || scalar == "\t" || scalar == "\r")
                case .lineSeparator, .paragraphSeparator: allowsLines
                default: true
                }
            }
    }
}
