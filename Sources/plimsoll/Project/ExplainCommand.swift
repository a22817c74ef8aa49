import ArgumentParser
import Foundation

/// `plimsoll explain`: how a score came about.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Show how a run's score and status came about, number by number.",
        discussion: """
            Reads score.log.jsonl of the run's artifacts.

            EXAMPLES
              plimsoll explain                  the newest run here
              plimsoll explain artifacts/perf   a run of a pipeline
            """
    )

    @Argument(help: "Folder of the run's artifacts, or its score.log.jsonl (default: the newest in plimsoll-out/).")
    var folder: String?

    func run() throws {
        guard let path = folder ?? newest else {
            throw fault(
                "there is no run in plimsoll-out/; expected a folder of artifacts, such as plimsoll-out/20261121T120301Z-3f9a1c"
            )
        }
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        let file = exists && !isFolder.boolValue ? path : path + "/score.log.jsonl"
        guard let data = FileManager.default.contents(atPath: file) else {
            throw fault("\(file): there is no such file, or it cannot be read")
        }
        let explanation: ScoreExplanation
        do {
            explanation = try ScoreExplanation(data)
        } catch {
            throw fault("\(file): \(error)")
        }
        writeLine(explanation.text, to: STDOUT_FILENO)
    }

    /// The newest run that has a score log; names begin with the time.
    private var newest: String? {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: "plimsoll-out")) ?? []
        return folders.sorted(by: >).map { "plimsoll-out/" + $0 }
            .first { FileManager.default.fileExists(atPath: $0 + "/score.log.jsonl") }
    }

    private func fault(_ message: String) -> ExitCode {
        writeLine("plimsoll: error: \(message)", to: STDERR_FILENO)
        return ExitCode(2)
    }
}
