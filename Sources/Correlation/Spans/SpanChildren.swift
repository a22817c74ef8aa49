/// The rows of one span's children, in order of start.
package struct SpanChildren: Sequence, IteratorProtocol {
    private var head: Int32
    private let siblings: [Int32]

    init(head: Int32, siblings: [Int32]) {
        self.head = head
        self.siblings = siblings
    }

    package mutating func next() -> Int? {
        guard head >= 0 else { return nil }
        defer { head = siblings[Int(head)] }
        return Int(head)
    }
}
