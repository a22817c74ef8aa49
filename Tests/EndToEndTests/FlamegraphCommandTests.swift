import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite struct FlamegraphCommand {
        private let place: Workplace

        init() throws {
            place = try Workplace()
            for (name, text) in [
                ("now.folded", "main;parse 400\nmain;sort 100\n"), ("before.folded", "main;parse 100\nmain;sort 100\n"),
                ("notes.txt", "nothing of the kind\n"),
            ] {
                try Data(text.utf8).write(to: URL(filePath: place.directory + "/" + name))
            }
        }

        private func flamegraph(_ arguments: String...) async throws -> TestSupport.Command.Result {
            try await TestSupport.Command(
                Workplace.plimsoll,
                ["flamegraph"] + arguments,
                directory: place.directory
            ).wait()
        }

        @Test func `profiles come out on standard output, and two of them as a diff`() async throws {
            let one = try await flamegraph("now.folded")
            #expect(one.exitCode == 0 && one.standardOutput.hasPrefix("<svg"), "\(one.standardError)")
            #expect(one.standardOutput.contains("parse, 400 samples, 80 %"))
            let two = try await flamegraph("now.folded", "--diff", "before.folded")
            #expect(
                two.standardOutput.contains("parse, 400 samples, 80 %, +150 samples"),
                "\(two.standardOutput.prefix(900))"
            )
        }

        @Test func `what cannot be drawn is said in one line with exit code 2`() async throws {
            for arguments in [["notes.txt"], ["nobody.json"], ["now.folded", "--diff", "notes.txt"]] {
                let result = try await TestSupport.Command(
                    Workplace.plimsoll,
                    ["flamegraph"] + arguments,
                    directory: place.directory
                ).wait()
                #expect(result.exitCode == 2, "\(arguments)")
                #expect(result.standardError.split(separator: "\n").count == 1, "\(result.standardError)")
                #expect(result.standardOutput.isEmpty)
            }
        }
    }
}
