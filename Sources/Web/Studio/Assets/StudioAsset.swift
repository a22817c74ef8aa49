import Authentication

/// A file that the pages load, under an address that changes with its content, so that it may be kept for ever.
struct StudioAsset: Sendable {
    let path: String
    let type: String
    let contents: [UInt8]

    init(name: String, type: String, text: String) {
        contents = Array(text.utf8)
        path = "/assets/" + SecretText.hex(Array(ContentDigest.sha256(contents).prefix(8))) + "/" + name
        self.type = type
    }
}
