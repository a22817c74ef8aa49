import Plans
import Testing

struct JSONPathTests {
    private static let document = JSONParser.parse(
        Array(#"{"a":{"b c":[1,2,{"d":3}]},"e":[{"d":4},{"d":5}],"f-g":null}"#.utf8)
    )

    @Test(arguments: [
        ("$", 1), ("$.a", 1), ("$.a['b c'][0]", 1), ("$.a[\"b c\"][-1].d", 1), ("$.a['b c'][9]", 0), ("$.e[*].d", 2),
        ("$..d", 3), ("$.*", 3), ("$.f-g", 1), ("$.a.b", 0), ("$.e.d", 0), ("$..[0]", 2), ("$.x..d", 0),
    ])
    func `leads to so many values`(text: String, count: Int) throws {
        let document = try #require(JSONPathTests.document)
        #expect(try JSONPath(text).values(in: document).count == count)
    }

    @Test func `gives the values in document order`() throws {
        let document = try #require(JSONPathTests.document)
        #expect(try JSONPath("$.e[*].d").values(in: document) == [.number(4), .number(5)])
        #expect(try JSONPath("$.a['b c'][-2]").values(in: document) == [.number(2)])
        #expect(try JSONPath("$.f-g").values(in: document) == [.null])
    }

    @Test(arguments: [("a", 0), ("$a", 1), ("$.", 2), ("$[", 2), ("$['a", 4), ("$[a]", 2), ("$.a[0", 5), ("$.a b", 3)])
    func `says where a path goes wrong`(text: String, offset: Int) throws {
        let fault = #expect(throws: JSONPath.Fault.self) { try JSONPath(text) }
        #expect(fault?.offset == offset)
    }
}
