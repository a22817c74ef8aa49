import Glibc

/// Finds the end of one HTTP/1.1 answer in bytes as they come, and what must be known of it; keeps no body.
///
/// Strict where leniency would let junk count as an answer. Source: RFC 9112.
struct ResponseReader {
    enum Progress: Equatable {
        case incomplete
        /// `excess` bytes came behind the answer, so the connection is of no further use.
        case complete(excess: Int)
        /// Not HTTP/1, or framing that contradicts itself.
        case malformed
    }

    private enum State {
        case head, fixedBody, chunkSize, chunkData, chunkEnd, trailers, untilClose
    }

    private static let headLimit = 256 << 10

    private(set) var status = 0
    private(set) var headBytes = 0
    /// Of the body, transfer encoding removed.
    private(set) var bodyBytes: UInt64 = 0
    /// Whether the server lets the connection serve another request.
    private(set) var keepsAlive = true
    private var state = State.head
    private var hasNoBody = false
    private var left: UInt64 = 0
    // A head or a chunk line that came in parts; empty on the usual way.
    private var pending: [UInt8] = []

    var hasBegun: Bool { headBytes > 0 || !pending.isEmpty }

    /// Makes ready for the answer to a request.
    ///
    /// - Parameter isHead: whether the request's method was `HEAD`, whose answers have no body whatever they say.
    mutating func start(isHead: Bool) {
        status = 0
        headBytes = 0
        bodyBytes = 0
        keepsAlive = true
        state = .head
        hasNoBody = isHead
        left = 0
        pending.removeAll(keepingCapacity: true)
    }

    /// Takes what one read gave.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> Progress {
        guard pending.isEmpty else {
            // Rare: a line across two reads. Both parts are looked at together.
            pending.append(contentsOf: bytes)
            let whole = pending
            pending.removeAll(keepingCapacity: true)
            return whole.withUnsafeBytes { read($0) }
        }
        return read(bytes)
    }

    /// The server has closed: complete where the body lasts until then.
    func ended() -> Bool { state == .untilClose }

    private mutating func read(_ bytes: UnsafeRawBufferPointer) -> Progress {
        var rest = bytes[...]
        while true {
            switch state {
            case .head:
                guard let end = ResponseReader.headEnd(rest) else {
                    // Junk is told from a slow head by its first bytes.
                    let start = rest.prefix(5)
                    guard start.elementsEqual("HTTP/".utf8.prefix(start.count)), rest.count <= ResponseReader.headLimit
                    else { return .malformed }
                    pending.append(contentsOf: rest)
                    return .incomplete
                }
                guard readHead(UnsafeRawBufferPointer(rebasing: rest[..<end])) else { return .malformed }
                headBytes += end - rest.startIndex
                rest = rest[end...]
                // Interim answers come before the real one.
                if (100..<200).contains(status) { continue }
                if state == .fixedBody && left == 0 { return .complete(excess: rest.count) }
            case .fixedBody:
                let count = min(left, UInt64(rest.count))
                bodyBytes += count
                left -= count
                return left == 0 ? .complete(excess: rest.count - Int(count)) : .incomplete
            case .untilClose:
                bodyBytes += UInt64(rest.count)
                return .incomplete
            case .chunkSize:
                guard let line = takeLine(&rest) else { return lineIsPending(rest) }
                guard let size = ResponseReader.chunkSize(line) else { return .malformed }
                left = size
                state = size == 0 ? .trailers : .chunkData
            case .chunkData:
                let count = min(left, UInt64(rest.count))
                bodyBytes += count
                left -= count
                rest = rest.dropFirst(Int(count))
                guard left == 0 else { return .incomplete }
                state = .chunkEnd
            case .chunkEnd:
                guard let line = takeLine(&rest) else { return lineIsPending(rest) }
                guard line.isEmpty else { return .malformed }
                state = .chunkSize
            case .trailers:
                guard let line = takeLine(&rest) else { return lineIsPending(rest) }
                headBytes += line.count + 2
                if line.isEmpty { return .complete(excess: rest.count) }
            }
        }
    }

    private mutating func lineIsPending(_ rest: Slice<UnsafeRawBufferPointer>) -> Progress {
        guard rest.count < ResponseReader.headLimit else { return .malformed }
        pending.append(contentsOf: rest)
        return .incomplete
    }

    // MARK: Head

    /// The index behind the empty line that ends a head.
    private static func headEnd(_ bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
        let whole = UnsafeRawBufferPointer(rebasing: bytes)
        var start = 0
        while let end = lineEnd(whole, from: start), end + 4 <= whole.count {
            if whole[end + 1] == 0x0A && whole[end + 2] == 0x0D && whole[end + 3] == 0x0A {
                return bytes.startIndex + end + 4
            }
            start = end + 1
        }
        return nil
    }

    /// Reads the status line and the few fields that decide on framing.
    private mutating func readHead(_ head: UnsafeRawBufferPointer) -> Bool {
        guard head.count >= 16, head.starts(with: "HTTP/1.".utf8), head[7] == 0x30 || head[7] == 0x31, head[8] == 0x20
        else { return false }
        status = 0
        for index in 9..<12 {
            guard (0x30...0x39).contains(head[index]) else { return false }
            status = status * 10 + Int(head[index] & 15)
        }
        guard status >= 100, head[12] == 0x20 || head[12] == 0x0D else { return false }
        keepsAlive = head[7] == 0x31
        var length: UInt64?
        var isChunked = false
        var start = 0
        while let end = ResponseReader.lineEnd(head, from: start), end > start {
            if start > 0 {
                let line = UnsafeRawBufferPointer(rebasing: head[start..<end])
                switch line[0] | 0x20 {
                case 0x63:  // c
                    if let value = ResponseReader.value(of: "content-length", in: line) {
                        guard let number = ResponseReader.decimal(value), length == nil || length == number else {
                            return false
                        }
                        length = number
                    } else if let value = ResponseReader.value(of: "connection", in: line) {
                        if ResponseReader.contains("close", value) { keepsAlive = false }
                        if ResponseReader.contains("keep-alive", value) { keepsAlive = true }
                    }
                case 0x74:  // t
                    if let value = ResponseReader.value(of: "transfer-encoding", in: line) {
                        isChunked = ResponseReader.contains("chunked", value)
                        if !isChunked { return false }
                    }
                default: break
                }
            }
            start = end + 2
        }
        if hasNoBody || status == 204 || status == 304 || status < 200 {
            left = 0
            state = status < 200 ? .head : .fixedBody
        } else if isChunked {
            // Both at once is the sender of a smuggled request, or a bug.
            guard length == nil else { return false }
            state = .chunkSize
        } else if let length {
            left = length
            state = .fixedBody
        } else {
            keepsAlive = false
            state = .untilClose
        }
        return true
    }

    private static func lineEnd(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + start, 0x0D, bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - base
    }

    /// The value of a field line when it has this name, given in lower case; without the space around it.
    private static func value(of name: StaticString, in line: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer>?
    {
        let count = name.utf8CodeUnitCount
        guard line.count > count, line[count] == 0x3A else { return nil }
        for index in 0..<count where line[index] | 0x20 != name.utf8Start[index] | 0x20 { return nil }
        var value = line[(count + 1)...]
        while let first = value.first, first == 0x20 || first == 0x09 { value = value.dropFirst() }
        while let last = value.last, last == 0x20 || last == 0x09 { value = value.dropLast() }
        return value
    }

    private static func contains(_ word: StaticString, _ value: Slice<UnsafeRawBufferPointer>) -> Bool {
        let count = word.utf8CodeUnitCount
        guard value.count >= count else { return false }
        return (value.startIndex...(value.endIndex - count)).contains { start in
            (0..<count).allSatisfy { value[start + $0] | 0x20 == word.utf8Start[$0] | 0x20 }
        }
    }

    private static func decimal(_ digits: Slice<UnsafeRawBufferPointer>) -> UInt64? {
        guard !digits.isEmpty, digits.count <= 18 else { return nil }
        var number: UInt64 = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            number = number * 10 + UInt64(digit & 15)
        }
        return number
    }

    // MARK: Chunks

    /// The bytes of the next line without its end, taken off `rest`; `nil` when it is not whole yet.
    private mutating func takeLine(_ rest: inout Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer>? {
        guard let feed = rest.firstIndex(of: 0x0A) else { return nil }
        var line = rest[rest.startIndex..<feed]
        if line.last == 0x0D { line = line.dropLast() }
        rest = rest[(feed + 1)...]
        return line
    }

    private static func chunkSize(_ line: Slice<UnsafeRawBufferPointer>) -> UInt64? {
        var size: UInt64 = 0
        var digits = 0
        for byte in line {
            let digit: UInt64
            switch byte {
            case 0x30...0x39: digit = UInt64(byte - 0x30)
            case 0x41...0x46, 0x61...0x66: digit = UInt64(byte | 0x20) - 0x61 + 10
            // Extensions and the space before them mean nothing here.
            case 0x3B, 0x20, 0x09: return digits > 0 ? size : nil
            default: return nil
            }
            digits += 1
            guard digits <= 15 else { return nil }
            size = size << 4 | digit
        }
        return digits > 0 ? size : nil
    }
}
