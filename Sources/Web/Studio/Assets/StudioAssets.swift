import Reporting
import Security

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

/// All of them: text in the program itself, nothing from the network.
enum StudioAssets {
    static let style = StudioAsset(
        name: "studio.css",
        type: "text/css; charset=utf-8",
        text: RunPage.style + StudioStyle.css
    )
    static let script = StudioAsset(
        name: "studio.js",
        type: "text/javascript; charset=utf-8",
        text: StudioScript.source
    )
    static let flamegraph = StudioAsset(
        name: "flamegraph.js",
        type: "text/javascript; charset=utf-8",
        text: RunPage.script
    )
    static let all = [style, script, flamegraph]
}
