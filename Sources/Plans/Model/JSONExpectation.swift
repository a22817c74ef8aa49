/// A path into the JSON body and the value that must stand there: at least one, and each the same.
package struct JSONExpectation: Sendable, Hashable {
    package var path: JSONPath
    package var expected: JSONValue

    package init(path: JSONPath, expected: JSONValue) {
        self.path = path
        self.expected = expected
    }
}
