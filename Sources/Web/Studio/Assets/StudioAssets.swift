import Authentication
import Reporting

/// All files of the pages: text in the program itself, nothing from the network.
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
