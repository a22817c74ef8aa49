import Telemetry
import Testing

struct VocabularyTests {
    @Test func `equal strings have equal numbers and come back`() {
        let vocabulary = Vocabulary()
        let first = vocabulary.intern("checkout")
        #expect(vocabulary.intern("checkout") == first)
        #expect(vocabulary.intern("catalog") != first)
        #expect(vocabulary.string(first) == "checkout")
        #expect(vocabulary.intern("") == .empty)
        #expect(vocabulary.string(.overflow) == "_overflow")
    }

    @Test func `operations differ by service, name and kind`() {
        let vocabulary = Vocabulary()
        let keys = [
            OperationKey(service: "a", name: "GET /", kind: .server),
            OperationKey(service: "b", name: "GET /", kind: .server),
            OperationKey(service: "a", name: "GET /x", kind: .server),
            OperationKey(service: "a", name: "GET /", kind: .client),
        ]
        let numbers = keys.map { vocabulary.intern($0) }
        #expect(Set(numbers).count == 4)
        #expect(numbers.map { vocabulary.operation($0) } == keys)
        #expect(keys.map { vocabulary.intern($0) } == numbers)
    }

    @Test func `past the byte limit strings overflow and are counted`() {
        let vocabulary = Vocabulary(byteLimit: 200)
        let kept = vocabulary.intern("first")
        let numbers = (0..<100).map { vocabulary.intern("string \($0)") }
        #expect(numbers.filter { $0 == .overflow }.count == vocabulary.overflowed.strings)
        #expect(vocabulary.overflowed.strings >= 97)
        #expect(vocabulary.intern("first") == kept)
    }

    @Test func `past the operation limit operations overflow and are counted`() {
        let vocabulary = Vocabulary(operationLimit: 3)
        let numbers = (0..<10).map { vocabulary.intern(OperationKey(service: "s", name: "\($0)", kind: .server)) }
        #expect(vocabulary.overflowed.operations == 8)
        #expect(Set(numbers).count == 3)
        #expect(vocabulary.operation(.overflow).name == "_overflow")
    }

    @Test func `threads agree on the numbers`() async {
        let vocabulary = Vocabulary()
        let answers = await withTaskGroup(of: [StringID].self) { group in
            for _ in 0..<8 { group.addTask { (0..<500).map { vocabulary.intern("word \($0 % 50)") } } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(answers).count == 1)
    }
}
