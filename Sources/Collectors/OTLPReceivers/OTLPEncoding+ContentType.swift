import OTLP

extension OTLPEncoding {
    /// Reads a `Content-Type` in any case and with any parameters; `nil` for a type OTLP does not know.
    init?(contentType: String?) {
        guard let type = contentType?.split(separator: ";", omittingEmptySubsequences: false).first else { return nil }
        let trimmed = type.drop { $0 == " " || $0 == "\t" }
        let end = trimmed.lastIndex { $0 != " " && $0 != "\t" }
        self.init(rawValue: end.map { trimmed[...$0].lowercased() } ?? "")
    }
}
