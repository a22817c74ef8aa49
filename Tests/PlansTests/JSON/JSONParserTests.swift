import Foundation
import Plans
import Testing

struct JSONParserTests {
    @Test(arguments: [
        ("null", JSONValue.null), (" [1, -0.5e2, true] ", .array([.number(1), .number(-50), .bool(true)])),
        (#"{"a":{"b":[]},"a":1}"#, .object(["a": .number(1)])), (#""é\n\u00e9\ud83d\ude00\/""#, .string("é\né😀/")),
        (#""\ud83d""#, .string("\u{FFFD}")), ("1000000000000000000", .number(1e18)),
        ("0", .number(0)), (#"{"":""}"#, .object(["": .string("")])),
    ])
    func `reads a document`(text: String, value: JSONValue) {
        #expect(JSONParser.parse(Array(text.utf8)) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "01", "1.", ".5", "+1", "1e", "--1", "[1,]", "[1 2]", "{", "{\"a\"}", "{a:1}", "{\"a\":1,}",
        "\"",
        "\"\u{1}\"", "\"\\x\"", "\"\\u12\"", "1 2", "tru", "[", "'a'", "NaN", "\u{FEFF}1",
    ])
    func `refuses what is no document`(text: String) {
        #expect(JSONParser.parse(Array(text.utf8)) == nil)
    }

    @Test func `deep nesting is refused, and costs no stack`() {
        let open = String(repeating: "[", count: 100_000)
        #expect(JSONParser.parse(Array(open.utf8)) == nil)
        let closed = String(repeating: "[", count: 120) + String(repeating: "]", count: 120)
        #expect(JSONParser.parse(Array(closed.utf8)) != nil)
    }

    @Test func `agrees with Foundation on documents with single bytes changed`() {
        let text = Array(#"{"id":12,"list":[1.5,"a\u0041",null,true],"o":{"k":-3e2}}"#.utf8)
        var accepted = 0
        for index in text.indices {
            for byte in Array("0]}\",:{ax".utf8) {
                var changed = text
                changed[index] = byte
                let ours = JSONParser.parse(changed) != nil
                let theirs = (try? JSONSerialization.jsonObject(with: Data(changed), options: .fragmentsAllowed)) != nil
                #expect(ours == theirs, "\(String(decoding: changed, as: UTF8.self))")
                accepted += ours ? 1 : 0
            }
        }
        #expect(accepted > 50)
    }
}
