import Authentication

extension FlamegraphDocument {
    /// To stand in a page that has `RunPage.style`, `RunPage.patterns` and `RunPage.script` once.
    package func inline() -> String { drawing(.inline) }
}

extension FlamegraphDocument {
    /// For the SVG as a file: no network, and no style or script but its own.
    package static var policy: String {
        "default-src 'none'; style-src \(ContentDigest.source(of: FlamegraphSVG.styleText)); "
            + "script-src \(ContentDigest.source(of: FlamegraphSVG.scriptText))"
    }
}
