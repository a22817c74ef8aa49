import Foundation
import Telemetry

/// Trace ids as trace stores accept them.
enum TraceIdentifier {
    /// Hex digits with leading zeros left out, or base64 of 16 bytes; `nil` for anything else and for zero.
    static func parse(_ text: String) -> TraceID? {
        let isHex = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                UInt8(ascii: "A")...UInt8(ascii: "F"):
                true
            default: false
            }
        }
        let id = isHex ? hex(text) : base64(text)
        return id.flatMap { $0.isValid ? $0 : nil }
    }

    private static func hex(_ text: String) -> TraceID? {
        guard (1...32).contains(text.utf8.count) else { return nil }
        return TraceID(hex: String(repeating: "0", count: 32 - text.utf8.count) + text)
    }

    private static func base64(_ text: String) -> TraceID? {
        guard text.utf8.count <= 24 else { return nil }
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        let bare = standard.prefix { $0 != "=" }
        guard let bytes = Data(base64Encoded: bare + String(repeating: "=", count: (4 - bare.utf8.count % 4) % 4)),
            bytes.count == 16
        else { return nil }
        func word(_ half: Data) -> UInt64 { half.reduce(0) { $0 << 8 | UInt64($1) } }
        return TraceID(high: word(bytes.prefix(8)), low: word(bytes.suffix(8)))
    }
}
