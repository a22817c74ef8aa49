import Foundation
import TestSupport
import Testing

/// Debian's Chromium without a window: pages are opened in it, and looked into by a page of ours around them.
enum Browser {
    static let program = "/usr/bin/chromium"

    static var isInstalled: Bool { InteropPrograms.isInstalled(program) }

    /// What the page around said, and what the console said meanwhile.
    struct Visit {
        var results: [String: Any]
        var console: [String]

        func flag(_ name: String) -> Bool { results[name] as? Bool ?? false }
        func text(_ name: String) -> String { results[name] as? String ?? "" }
        func number(_ name: String) -> Double { (results[name] as? NSNumber)?.doubleValue ?? .nan }
    }

    struct NoResult: Error, CustomStringConvertible {
        var description: String
    }

    /// Opens `file` in a frame of `width` pixels and runs `script`, which fills `result` by looking at `page` (its
    /// document) and `view` (its window).
    static func visit(_ file: String, width: Int, script: String) async throws -> Visit {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plimsoll-browser-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let harness = """
            <!DOCTYPE html><meta charset="utf-8">
            <iframe id="frame" style="width:\(width)px;height:900px;border:0" src="file://\(file)"></iframe>
            <pre id="result"></pre>
            <script>
            document.getElementById('frame').addEventListener('load', event => {
              const result = {};
              try {
                const view = event.target.contentWindow, page = event.target.contentDocument;
                const key = (node, name) => node.dispatchEvent(
                  new view.KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
                const click = node => node.dispatchEvent(new view.MouseEvent('click', { bubbles: true }));
                \(script)
              } catch (error) { result.error = String(error); }
              document.getElementById('result').textContent = JSON.stringify(result);
            });
            </script>
            """
        let path = folder.appending(path: "harness.html").path
        try harness.write(toFile: path, atomically: true, encoding: .utf8)
        let run = try await Command(
            program,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--allow-file-access-from-files", "--user-data-dir=\(folder.path)/profile", "--enable-logging=stderr",
                "--window-size=1400,1000", "--virtual-time-budget=3000", "--dump-dom", "file://\(path)",
            ]
        ).wait(timeout: 90)
        guard let json = run.standardOutput.firstMatch(of: /<pre id="result">([^<]+)<\/pre>/)?.1,
            let results = try JSONSerialization.jsonObject(with: Data(unescaped(json).utf8)) as? [String: Any]
        else {
            throw NoResult(description: "no result: \(run.standardOutput.suffix(300)) \(run.standardError.suffix(600))")
        }
        let console = run.standardError.split(separator: "\n").filter { $0.contains("CONSOLE") }.map(String.init)
        return Visit(results: results, console: console)
    }

    private static func unescaped(_ html: Substring) -> String {
        String(html).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&nbsp;", with: "\u{A0}").replacing("&amp;", with: "&")
    }
}
