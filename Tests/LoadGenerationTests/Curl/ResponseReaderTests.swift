import Curl
import Testing

/// The end of an answer, however the network cuts it up.
@Suite struct ResponseReaderTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var isHead = false
        var status = 200
        var body: UInt64
        var keepsAlive = true

        var testDescription: String { name }
    }

    static let answers = [
        Example(name: "with a length", text: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", body: 5),
        Example(name: "empty", text: "HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n", body: 0),
        Example(name: "without content", text: "HTTP/1.1 204 No Content\r\n\r\n", status: 204, body: 0),
        Example(
            name: "to HEAD",
            text: "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n",
            isHead: true,
            body: 0
        ),
        Example(
            name: "in chunks",
            text: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
            body: 15
        ),
        Example(
            name: "in chunks, with trailers",
            text: "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n1\r\nx\r\n0\r\nDigest: abc\r\n\r\n",
            body: 1
        ),
        Example(
            name: "behind an interim answer",
            text: "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno",
            status: 404,
            body: 2
        ),
        Example(
            name: "with a close",
            text: "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 1\r\n\r\nx",
            body: 1,
            keepsAlive: false
        ),
        Example(
            name: "of HTTP/1.0",
            text: "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx",
            body: 1,
            keepsAlive: false
        ),
        Example(name: "without a reason", text: "HTTP/1.1 503\r\nContent-Length: 0\r\n\r\n", status: 503, body: 0),
    ]

    @Test(arguments: answers)
    func `is found whole and cut in two anywhere`(example: Example) {
        let bytes = Array(example.text.utf8)
        for cut in 0...bytes.count {
            var reader = ResponseReader()
            reader.start(isHead: example.isHead)
            var last = ResponseReader.Progress.incomplete
            for part in [bytes[..<cut], bytes[cut...]] where !part.isEmpty {
                #expect(last == .incomplete, "ended too early at \(cut)")
                last = part.withUnsafeBytes { reader.take($0) }
            }
            #expect(last == .complete(excess: 0), "cut at \(cut)")
            #expect(reader.status == example.status && reader.bodyBytes == example.body)
            #expect(reader.keepsAlive == example.keepsAlive)
        }
    }

    @Test(arguments: answers)
    func `is found byte by byte`(example: Example) {
        var reader = ResponseReader()
        reader.start(isHead: example.isHead)
        var results: [ResponseReader.Progress] = []
        for byte in example.text.utf8 { results.append(withUnsafeBytes(of: byte) { reader.take($0) }) }
        #expect(results.last == .complete(excess: 0))
        #expect(results.dropLast().allSatisfy { $0 == .incomplete })
    }

    @Test func `bytes behind the answer are told`() {
        #expect(take("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1") == .complete(excess: 8))
    }

    @Test func `without any length the body lasts until the close`() {
        var reader = ResponseReader()
        reader.start(isHead: false)
        let progress = Array("HTTP/1.1 200 OK\r\n\r\nsome".utf8).withUnsafeBytes { reader.take($0) }
        #expect(progress == .incomplete && reader.ended() && reader.bodyBytes == 4 && !reader.keepsAlive)
    }

    @Test(arguments: [
        "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/2 200 OK\r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n", "<html>",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxx\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
    ])
    func `junk is no answer`(text: String) {
        #expect(take(text) == .malformed)
    }

    @Test func `a head without end is given up`() {
        let text = "HTTP/1.1 200 OK\r\nX: " + String(repeating: "y", count: 300 << 10)
        #expect(take(text) == .malformed)
    }

    private func take(_ text: String) -> ResponseReader.Progress {
        var reader = ResponseReader()
        reader.start(isHead: false)
        return Array(text.utf8).withUnsafeBytes { reader.take($0) }
    }
}
