/// The name and the value of an attribute.
package struct SpanAttribute: Sendable, Hashable {
    package var key: StringID
    package var value: StringID

    package init(key: StringID, value: StringID) {
        self.key = key
        self.value = value
    }
}
