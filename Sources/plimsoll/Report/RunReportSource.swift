import Analysis
import ArgumentParser
import Baselines
import Foundation
import Reporting
import Runs

/// A finished run by whatever name a person has for it: a folder, a `run.json`, or an id of the store.
struct RunReportSource {
    let name: String
    let store: StoreOptions

    /// Any failure is one line on standard error and exit code 2.
    func withReport(_ body: (RunReport) async throws -> Void) async throws {
        guard let file else {
            try await store.withStore { store in
                let id = try await RunArgument.resolve(name, in: store)
                guard let report = try await store.report(id) else { throw CommandFailure("there is no run \(id)") }
                try await body(report)
            }
            return
        }
        do {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw CommandFailure("\(file) cannot be read")
            }
            let report: RunReport
            do {
                report = try RunReportCoder.decode([UInt8](data))
            } catch {
                throw CommandFailure("\(file) is no report of a run (run.json)")
            }
            try await body(report)
        } catch let failure as RunFailure {
            for line in failure.lines { writeLine(line, to: STDERR_FILENO) }
            throw ExitCode(failure.exitCode)
        } catch let exit as ExitCode {
            throw exit
        } catch {
            writeLine("error: \(error)", to: STDERR_FILENO)
            throw ExitCode(2)
        }
    }

    /// `nil` where the name is no path, so that it can only be an id.
    private var file: String? {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: name, isDirectory: &isFolder) else { return nil }
        return isFolder.boolValue ? name + "/run.json" : name
    }
}
