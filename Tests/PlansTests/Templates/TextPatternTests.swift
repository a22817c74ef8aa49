import Plans
import Testing

struct TextPatternTests {
    @Test(arguments: [
        (#"id=(\d+)"#, "a id=42 b", "42"), (#"\w+@\w+"#, "x me@host y", "me@host"), ("[a-c]+", "zzabcz", "abc"),
        (#"[\w.-]+$"#, "a/b-1.x", "b-1.x"), (#"[^\s"]+"#, "  q\"", "q"), (#"\S+"#, " ab ", "ab"),
        (#"^\{.*\}$"#, "{\"a\":\n1}", "{\"a\":\n1}"), ("(a|b)(c)?", "b", "b"), ("(caf)é", "un café", "caf"),
        (#"[\]\-x]+"#, "a]-xb", "]-x"), ("a{2,3}", "baaaab", "aaa"), (#"\."#, "a.b", "."),
        ("[[:alpha:]]+", "1ab2", "ab"),
        (#"[]a]+"#, "b]ab", "]a"),
    ])
    func `finds the first group, or the whole match`(pattern: String, text: String, found: String) throws {
        let compiled = try TextPattern(pattern)
        #expect(compiled.capture(in: Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } == found)
        #expect(compiled.matches(Array(text.utf8)))
    }

    @Test func `zero bytes and broken UTF-8 are bytes like any other`() throws {
        let pattern = try TextPattern("b=([0-9]+)")
        #expect(pattern.capture(in: [0, 0xFF, 0] + Array("b=7".utf8) + [0]) == [UInt8(ascii: "7")])
        #expect(!pattern.matches([]))
        #expect(try TextPattern("^$").matches([]))
    }

    @Test(arguments: ["", "a*?", "a++", "(?:a)", "(?=a)", #"(a)\1"#, #"\p"#, "a(", "[a", "a\\", #"[\D]"#, "a{2}?"])
    func `refuses what means something else elsewhere`(pattern: String) {
        #expect(throws: TextPattern.Fault.self) { try TextPattern(pattern) }
    }

    @Test func `a hostile text does not make matching slow`() throws {
        // Backtracking would need 2^30 steps and never come back.
        let pattern = try TextPattern("^(a+)+$")
        #expect(!pattern.matches(Array(String(repeating: "a", count: 30).utf8) + [UInt8(ascii: "b")]))
    }
}
