/// A key and its value in a `DocumentValue` that is an object.
struct DocumentMember {
    var key: String
    var value: DocumentValue

    init(_ key: String, _ value: DocumentValue) {
        self.key = key
        self.value = value
    }
}
