import ArgumentParser
import Foundation
import Plans
import Runs

/// `plimsoll init`: a commented folder to start from.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented starter project, from an OpenAPI file when there is one.",
        discussion: """
            EXAMPLES
              plimsoll init                      a starter in perf/
              plimsoll init --from openapi.yaml  tests of the addresses it describes
              plimsoll init perf --url http://127.0.0.1:3000

            Nothing that exists is overwritten.
            """
    )

    @Argument(help: "Folder to write.", completion: .directory)
    var folder = "perf"

    @Option(name: .long, help: "OpenAPI 3.0 or 3.1 document, YAML or JSON.", completion: .file())
    var from: String?

    @Option(name: .long, help: "Where the service answers (default: the document's server, else a local one).")
    var url: String?

    func validate() throws {
        if folder.isEmpty { throw ValidationError("the name of the folder is empty; expected one such as perf") }
    }

    func run() throws {
        let api = try from.map { path in
            do {
                // A device never ends, and what is larger is refused anyway.
                let data = try FileHandle(forReadingFrom: URL(filePath: path)).read(upToCount: 5 << 20) ?? Data()
                return (bytes: [UInt8](data), name: path)
            } catch {
                throw fault("--from \(path) cannot be read: \(SystemReason.text(of: error))")
            }
        }
        let starter: StarterProject
        do {
            starter = try StarterProject(name: moduleName, url: url, api: api)
        } catch {
            writeLine(error.description, to: STDERR_FILENO)
            throw ExitCode(2)
        }
        let taken = starter.files.map { folder + "/" + $0.name }.filter(FileManager.default.fileExists)
        guard taken.isEmpty else { throw fault("\(taken.joined(separator: ", ")) exists already; nothing was written") }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for file in starter.files {
                try Data(file.contents.utf8).write(to: URL(filePath: folder + "/" + file.name), options: .atomic)
            }
        } catch {
            throw fault("\(folder) cannot be written: \(SystemReason.text(of: error))")
        }
        for file in starter.files { writeLine("wrote \(folder)/\(file.name)", to: STDOUT_FILENO) }
        writeLine("\nBefore the first run:", to: STDOUT_FILENO)
        for advice in starter.advice { writeLine("  - \(advice)", to: STDOUT_FILENO) }
        let place = folder == "perf" ? "" : " " + ShellWord.quoted(folder)
        writeLine("\nThen: plimsoll validate\(place) && plimsoll run\(place)", to: STDOUT_FILENO)
    }

    /// The name of the folder that holds the project, as runs without a `moduleId` have it.
    private var moduleName: String {
        let path = URL(filePath: folder).standardized
        let holder = path.lastPathComponent == "perf" ? path.deletingLastPathComponent() : path
        return holder.lastPathComponent == "/" ? "service" : holder.lastPathComponent
    }

    private func fault(_ message: String) -> ExitCode {
        writeLine("plimsoll: error: \(message)", to: STDERR_FILENO)
        return ExitCode(2)
    }
}
