import FoundationEssentials
import HTTPTypes
import Hummingbird

/// JSON text that is passed on without being read.
struct JSONDocument: Sendable {
    var bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    init(encoding value: some Encodable) throws {
        // Not `Array(data)`: optimising that, Swift 6.3.1 fails to find Foundation's own `memcpy` in this module.
        bytes = try JSONEncoder().encode(value).withUnsafeBytes { Array($0) }
    }

    /// A JSON string.
    static func text(_ text: String) -> JSONDocument {
        // An encoder takes any string; the empty one stands for the error that cannot happen.
        (try? JSONDocument(encoding: text)) ?? JSONDocument(bytes: Array("\"\"".utf8))
    }

    /// An object of documents, keys in the order given.
    static func object(_ members: KeyValuePairs<String, JSONDocument>) -> JSONDocument {
        var bytes: [UInt8] = []
        for (key, value) in members {
            bytes.append(bytes.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
            bytes.append(contentsOf: "\"\(key)\":".utf8)
            bytes.append(contentsOf: value.bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        return JSONDocument(bytes: bytes)
    }

    func response(status: HTTPTypes.HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}
