import Telemetry
import Testing

@testable import Web

@Suite struct QueryParameterTests {
    @Test func `a query is read as a form`() {
        let query = FormQuery("q=a+b%2Bc&empty=&tag=x:1&tag=y%3A2&odd=%zz&bare")
        #expect(query["q"] == "a b+c")
        #expect(query["empty"] == nil)
        #expect(query.all("tag") == ["x:1", "y:2"])
        #expect(query["odd"] == "%zz")
        #expect(query["bare"] == nil)
        #expect(FormQuery(nil)["q"] == nil)
    }

    @Test(
        arguments: [
            ("1.2s", 1_200_000_000), ("100ms", 100_000_000), ("1h30m", 5_400_000_000_000), ("7us", 7_000),
            ("7µs", 7_000),
            ("3ns", 3), ("0", 0), ("1m0.5s", 60_500_000_000),
        ] as [(String, UInt64)]
    )
    func `reads a duration as Go does`(text: String, nanoseconds: UInt64) {
        #expect(GoDuration.nanoseconds(text) == nanoseconds)
    }

    @Test(arguments: ["", "5", "s", "-1s", "1 s", "1x", "1.s", ".s", "1e9s", "99999999999999h"])
    func `refuses what is no duration`(text: String) {
        #expect(GoDuration.nanoseconds(text) == nil)
    }

    @Test(
        arguments: [
            ("1795305600", 1_795_305_600_000_000_000), ("1795305600000", 1_795_305_600_000_000_000),
            ("1795305600000000", 1_795_305_600_000_000_000), ("1795305600000000007", 1_795_305_600_000_000_007),
            ("2026-11-22T00:00:00.5Z", 1_795_305_600_500_000_000),
        ] as [(String, UInt64)]
    )
    func `tells units of time apart by size`(text: String, nanoseconds: UInt64) {
        #expect(UnixTime.instant(text) == nanoseconds)
    }

    @Test(arguments: ["", "now", "-5", "nan", "2026-11-22", "99999999999999999999"])
    func `refuses what is no time`(text: String) {
        #expect(UnixTime.instant(text) == nil)
    }

    @Test func `reads trace ids in hex, without leading zeros, and in base64`() {
        let id = TraceID(high: 0x0af7_6519_16cd_43dd, low: 0x8448_eb21_1c80_319c)
        for text in [
            id.hex, id.hex.uppercased(), String(id.hex.dropFirst()), "CvdlGRbNQ92ESOshHIAxnA==",
            "CvdlGRbNQ92ESOshHIAxnA",
        ] {
            #expect(TraceIdentifier.parse(text) == id, "\(text)")
        }
        for text in ["", "0", "xyz", id.hex + "0", "CvdlGRbNQ92ESOshHIAx", "+1", "AAAAAAAAAAAAAAAAAAAAAA=="] {
            #expect(TraceIdentifier.parse(text) == nil, "\(text)")
        }
    }

    @Test func `reads logfmt with quotes`() {
        #expect(Logfmt.pairs(#"a=b c="d e" f="say \"x\"""#) == ["a": "b", "c": "d e", "f": "say \"x\""])
        #expect(Logfmt.pairs("") == [:])
        for text in ["a", "=b", #"a="b"#, "a b=c"] { #expect(Logfmt.pairs(text) == nil, "\(text)") }
    }

    @Test func `reads one set of equalities out of TraceQL`() throws {
        var query = TraceQuery()
        try TraceQLSubset.read(
            #"{ resource.service.name="orders" && span.http.route = "/a b" && name="GET" && status=error && duration > 1ms }"#,
            into: &query
        )
        #expect(query.service == "orders")
        #expect(query.operation == "GET")
        #expect(query.attributes == ["http.route": "/a b", "error": "true"])
        #expect(query.durations == 1_000_001...UInt64.max)
        try TraceQLSubset.read("{}", into: &query)
    }

    @Test(arguments: [
        "", "{", "{ .a }", "{ .a=\"b\" } | count() > 2", "{ .a=\"b\" || .c=\"d\" }", "{ .a!=\"b\" }", "{ .a=~\"b.*\" }",
        "{ .a=\"b\" } >> { .c=\"d\" }", "{ duration = 1ms }", "{ duration > soon }",
        "{ duration > 2s && duration < 1s }",
    ])
    func `refuses every other TraceQL rather than answering something else`(text: String) {
        var query = TraceQuery()
        #expect(throws: FeedRefusal.self) { try TraceQLSubset.read(text, into: &query) }
    }
}
