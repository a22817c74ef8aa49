/// Makes an encoder's compact JSON readable and quiet without parsing it into values.
enum JSONLayout {
    /// Containers nested deeper stay on one line, so that histograms do not take a line a bucket.
    private static let openDepth = 4

    /// Breaks the outer containers over lines and rounds numbers such as `0.30000000000000004`.
    ///
    /// `compact` asks for valid JSON without white space between tokens.
    static func tidy(_ compact: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(compact.count + compact.count / 8)
        var depth = 0
        var index = 0
        func breakLine() {
            guard depth <= openDepth else { return }
            output.append(UInt8(ascii: "\n"))
            output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
        }
        while index < compact.count {
            let byte = compact[index]
            switch byte {
            case UInt8(ascii: "\""):
                let end = endOfString(in: compact, from: index)
                output.append(contentsOf: compact[index..<end])
                index = end
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                output.append(byte)
                depth += 1
                if index + 1 < compact.count, isClosing(compact[index + 1]) {
                    depth -= 1
                    output.append(compact[index + 1])
                    index += 2
                    continue
                }
                breakLine()
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // The closing line belongs to the depth outside, but only where the container was opened up.
                if depth <= openDepth {
                    depth -= 1
                    breakLine()
                } else {
                    depth -= 1
                }
                output.append(byte)
            case UInt8(ascii: ","):
                output.append(byte)
                breakLine()
            case UInt8(ascii: ":"):
                output.append(contentsOf: [byte, UInt8(ascii: " ")])
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                let end = endOfNumber(in: compact, from: index)
                output.append(contentsOf: rounded(compact[index..<end]))
                index = end
                continue
            default:
                output.append(byte)
            }
            index += 1
        }
        output.append(UInt8(ascii: "\n"))
        return output
    }

    private static func isClosing(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") }

    private static func endOfString(in bytes: [UInt8], from start: Int) -> Int {
        var index = start + 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(bytes.count, index + 1)
    }

    private static func endOfNumber(in bytes: [UInt8], from start: Int) -> Int {
        bytes[start...].firstIndex { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                false
            default: true
            }
        } ?? bytes.count
    }

    // Whole numbers are counts and Unix nanoseconds: exact. Fractions keep 12 digits, beyond any measurement.
    private static func rounded(_ token: ArraySlice<UInt8>) -> [UInt8] {
        guard token.contains(UInt8(ascii: ".")), let value = Double(String(decoding: token, as: UTF8.self)) else {
            return Array(token)
        }
        return Array(NumberText.significant(value, digits: 12).utf8)
    }
}
