import LoadGeneration
import Plans
import Testing

@Suite struct TextTemplateTests {
    @Test func `text without templates stays as it is`() throws {
        for text in ["", "plain", "{\"a\": {\"b\": 1}}", "a {{ not closed", "}} {{"] {
            let template = try TextTemplate(text)
            #expect(template.isConstant)
            #expect(render(template) == text)
        }
    }

    @Test func `seq gives the sequence number`() throws {
        #expect(render(try TextTemplate("/items/{{seq}}?x={{ seq }}"), sequence: 42) == "/items/42?x=42")
    }

    @Test func `uuid gives a new version 4 id each time`() throws {
        let text = render(try TextTemplate("{{uuid}} {{uuid}}"))
        let ids = text.split(separator: " ")
        #expect(ids.count == 2 && ids[0] != ids[1])
        for id in ids {
            #expect(id.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
            let digits = Array(id)
            #expect(digits[14] == "4" && "89ab".contains(digits[19]))
        }
    }

    @Test func `random stays within its bounds, reaches both and repeats with the seed`() throws {
        let template = try TextTemplate("{{random -1 3}}")
        var random = SplitMix64(seed: 5)
        var again = SplitMix64(seed: 5)
        var seen: Set<String> = []
        for _ in 0..<200 {
            var bytes: [UInt8] = []
            template.render(sequence: 0, random: &random, into: &bytes)
            var repeated: [UInt8] = []
            template.render(sequence: 0, random: &again, into: &repeated)
            #expect(bytes == repeated)
            seen.insert(String(decoding: bytes, as: UTF8.self))
        }
        #expect(seen == ["-1", "0", "1", "2", "3"])
    }

    @Test(arguments: ["uid", "random 1", "random 5 1", "random a b", "seq 1", ""])
    func `an unknown template is refused by name`(name: String) {
        #expect(throws: TemplateText.UnknownTemplate.self) { try TextTemplate("x {{\(name)}} y") }
    }

    private func render(_ template: TextTemplate, sequence: UInt64 = 0) -> String {
        var random = SplitMix64(seed: 1)
        var bytes: [UInt8] = []
        template.render(sequence: sequence, random: &random, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
