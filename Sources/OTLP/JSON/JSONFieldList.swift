/// The fields of one message, found by the bytes of their JSON names.
///
/// A list and not a dictionary: senders write fields in one order, so the next field is mostly the one that comes next, and
/// no name has to become a string.
struct JSONFieldList {
    struct Entry {
        let name: String
        let bytes: [UInt8]
        let field: JSONSchema.Field
    }

    private let entries: [Entry]

    init(_ fields: [String: JSONSchema.Field]) {
        entries = fields.sorted { $0.value.number < $1.value.number }
            .map { Entry(name: $0.key, bytes: Array($0.key.utf8), field: $0.value) }
    }

    subscript(index: Int) -> Entry { entries[index] }

    /// Looks from `start` on and then from the beginning; `nil` for a name that is not read.
    func index(of name: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var index = start
        for _ in entries.indices {
            if index >= entries.count { index = 0 }
            let bytes = entries[index].bytes
            if bytes.count == name.count, bytes.withUnsafeBytes({ JSONFieldList.equal($0, name) }) { return index }
            index += 1
        }
        return nil
    }

    // Names are a dozen bytes: a loop from behind, where they differ, beats a call.
    @inline(__always)
    private static func equal(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        var index = left.count - 1
        while index >= 0 {
            if left[index] != right[index] { return false }
            index -= 1
        }
        return true
    }
}
