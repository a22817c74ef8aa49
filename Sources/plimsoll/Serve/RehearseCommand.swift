import ArgumentParser
import Baselines
import Foundation
import Runs

/// `plimsoll rehearse`: a day of the service in fast motion, to know beforehand what it costs.
struct RehearseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse",
        abstract: "Play a day of made-up traffic into a new store: what its file and its memory come to."
    )

    @Option(name: .long, help: "File of the store to make; it must not exist yet.")
    var store: String

    @Option(name: .long, help: "Minutes to play.")
    var windows = 1_440

    @Option(name: .long, help: "Different operations; one in ten is an entry.")
    var operations = 200

    @Option(name: .long, help: "Requests a minute of each entry, of ten spans each.")
    var requests = 30

    @Option(name: .long, help: "MiB that the store's file may take up.")
    var storeMib = 2_048

    func validate() throws {
        for (option, value) in [("--windows", windows), ("--operations", operations), ("--requests", requests)]
        where !(1...1_000_000).contains(value) {
            throw ValidationError("\(option) must be 1...1000000; found \(value)")
        }
        guard (16...1_048_576).contains(storeMib) else {
            throw ValidationError("--store-mib must be 16...1048576; found \(storeMib)")
        }
    }

    func run() async throws {
        guard !FileManager.default.fileExists(atPath: store) else {
            writeLine(
                "plimsoll: error: \(store) exists already: a rehearsal needs a store of its own",
                to: STDERR_FILENO
            )
            throw ExitCode(2)
        }
        var traffic = Rehearsal.Traffic()
        (traffic.windows, traffic.operations, traffic.requests) = (windows, operations, requests)
        var settings = WatchSettings()
        settings.storeBytes = storeMib << 20
        do {
            let store = try BaselineStore(path: store)
            var readings: [Rehearsal.Reading] = []
            try await Rehearsal(traffic, settings: settings).run(into: store) { reading in
                readings.append(reading)
                writeLine(RehearseCommand.line(reading), to: STDERR_FILENO)
            }
            let read = try await Rehearsal.readBack(from: store)
            let quarter = readings.first { $0.windows * 4 >= windows }
            writeLine(
                "RESULT "
                    + (try JSONLine.text([
                        "windows": Double(read.windows), "spans": Double(read.spans),
                        "readSeconds": read.duration / .seconds(1),
                        "fileBytes": Double(store.fileBytes), "boundBytes": Double(storeMib << 20),
                        "largestFileBytes": Double(readings.map(\.fileBytes).max() ?? 0),
                        "residentBytesAtQuarter": Double(quarter?.residentBytes ?? 0),
                        "residentBytesAtEnd": Double(readings.last?.residentBytes ?? 0),
                    ])),
                to: STDOUT_FILENO
            )
        } catch {
            writeLine("plimsoll: error: \(error)", to: STDERR_FILENO)
            throw ExitCode(3)
        }
    }

    private static func line(_ reading: Rehearsal.Reading) -> String {
        "\(reading.windows) windows: \(reading.residentBytes >> 20) MiB of memory, \(reading.fileBytes >> 20) MiB of file, "
            + String(format: "%.1f ms for the last one", reading.lastCommit / .milliseconds(1))
    }
}
