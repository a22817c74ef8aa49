import Collectors
import Telemetry
import Testing

struct StackProfileImporterTests {
    private func stacks(_ text: String) throws -> [String: Double]? {
        guard let profile = try StackProfileImporter.read(Array(text.utf8)) else { return nil }
        var result: [String: Double] = [:]
        for stack in profile.stacks {
            result[stack.frames.map { profile.frames[Int($0)].name }.joined(separator: ";")] = stack.weight
        }
        return result
    }

    @Test func `folded stacks add up`() throws {
        #expect(
            try stacks("main;parse 3\nmain;parse;read file 4\nmain;parse 2\n")
                == ["main;parse": 5, "main;parse;read file": 4]
        )
    }

    @Test func `of a differential file the newer number counts`() throws {
        #expect(try stacks("main;parse 3 7\n") == ["main;parse": 7])
    }

    @Test func `perf script is read innermost first, symbols without offsets`() throws {
        let text = """
            # captured on : Fri Nov 21 2026
            node  26123/26125 [000]  4.500: 250000 cpu-clock:
                    7f31aa0 std::sort<int>+0x1f (/usr/lib/libstdc++.so.6)
                    55d1000 main+0x20 (/srv/shop/shop)

            my worker 77 [001] 4.6: cycles:u:
                    ffffffff81 [unknown] ([kernel.kallsyms])
                    55d1000 main+0x20 (/srv/shop/shop)

            """
        #expect(
            try stacks(text) == ["node;main;std::sort<int>": 1, "my worker;main;[kernel.kallsyms]": 1]
        )
        let profile = try #require(try StackProfileImporter.read(Array(text.utf8)))
        #expect(profile.frames.first { $0.name == "main" }?.module == "shop")
    }

    @Test func `symbols of folded stacks say where they belong`() throws {
        let profile = try #require(
            try StackProfileImporter.read(Array("std::thread::run;net/http.(*conn).serve;start_thread 1".utf8))
        )
        #expect(profile.frames.map(\.module) == ["std", "net/http", ""])
    }

    @Test(arguments: ["", "{\"resourceSpans\":[]}", "[{\"traceId\":\"1\"}]", "hello world\n", "\u{0}\u{1}"])
    func `what is no profile is left to others`(text: String) throws {
        #expect(try stacks(text) == nil)
    }

    @Test func `a very deep stack is cut off`() throws {
        let line = (0..<5000).map { "f\($0)" }.joined(separator: ";") + " 1"
        let profile = try #require(try StackProfileImporter.read(Array(line.utf8)))
        #expect(profile.stacks[0].frames.count == StackProfile.depthLimit)
    }
}
