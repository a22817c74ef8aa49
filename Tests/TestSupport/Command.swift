import Foundation
import Synchronization

/// A real child process whose output is kept, for tests that use Plimsoll as a user does.
package final class Command: Sendable {
    package struct Result: Sendable {
        package var exitCode: Int32
        package var standardOutput: String
        package var standardError: String
    }

    package let processIdentifier: Int32
    private let process: UncheckedProcess
    private let output = Mutex(Data())
    private let errors = Mutex(Data())
    private let readers = DispatchGroup()

    // Foundation's Process is thread-safe for what is used here: waiting, signalling and reading its status.
    private struct UncheckedProcess: @unchecked Sendable {
        let process: Process
    }

    package init(
        _ executable: String,
        _ arguments: [String],
        directory: String? = nil,
        environment: [String: String] = [:]
    ) throws {
        let process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        if let directory { process.currentDirectoryURL = URL(filePath: directory) }
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let outputPipe = Pipe()
        let errorPipe = Pipe()
        process.standardOutput = outputPipe
        process.standardError = errorPipe
        self.process = UncheckedProcess(process: process)
        try process.run()
        processIdentifier = process.processIdentifier
        read(outputPipe.fileHandleForReading) { data in self.output.withLock { $0.append(data) } }
        read(errorPipe.fileHandleForReading) { data in self.errors.withLock { $0.append(data) } }
    }

    package var standardErrorSoFar: String { errors.withLock { String(decoding: $0, as: UTF8.self) } }

    package func interrupt() { kill(processIdentifier, SIGINT) }

    /// Waits for the end and all output; after `timeout` seconds the process is killed and the result says so.
    package func wait(timeout: Double = 120) async throws -> Result {
        let deadline = ContinuousClock.now + .seconds(timeout)
        while process.process.isRunning {
            if ContinuousClock.now > deadline {
                kill(processIdentifier, SIGKILL)
                throw CommandError.timedOut(after: timeout, said: standardErrorSoFar)
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        process.process.waitUntilExit()
        await withCheckedContinuation { continuation in
            readers.notify(queue: .global()) { continuation.resume() }
        }
        return Result(
            exitCode: process.process.terminationStatus,
            standardOutput: output.withLock { String(decoding: $0, as: UTF8.self) },
            standardError: standardErrorSoFar
        )
    }

    private func read(_ handle: FileHandle, into sink: @escaping @Sendable (Data) -> Void) {
        readers.enter()
        let reader = UncheckedHandle(handle: handle)
        Thread.detachNewThread { [readers] in
            while true {
                let data = reader.handle.availableData
                if data.isEmpty { break }
                sink(data)
            }
            readers.leave()
        }
    }

    // Read by the one thread started for it.
    private struct UncheckedHandle: @unchecked Sendable {
        let handle: FileHandle
    }
}

package enum CommandError: Error {
    case timedOut(after: Double, said: String)
}
