import Foundation

/// Values in BLOB columns: JSON with sorted keys, readable with `sqlite3` and any JSON tool.
enum StoredJSON {
    private static let infinities = ("Infinity", "-Infinity", "NaN")

    static func data(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A rate over no time must not cost the whole record.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: infinities.0,
            negativeInfinity: infinities.1,
            nan: infinities.2
        )
        return try encoder.encode(value)
    }

    static func value<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: infinities.0,
            negativeInfinity: infinities.1,
            nan: infinities.2
        )
        return try decoder.decode(type, from: data)
    }
}
