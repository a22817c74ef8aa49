import Collectors
import Telemetry
import Testing

@Suite struct ExpositionParserTests {
    static let openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"

    private func parse(
        _ text: String,
        type: String? = "text/plain; version=0.0.4; charset=utf-8",
        limits: ExpositionLimits = ExpositionLimits()
    ) throws(ExpositionError) -> [MetricPoint] {
        try ExpositionParser(limits: limits).parse(Array(text.utf8), contentType: type, at: 42)
    }

    private func point(
        _ name: String,
        _ value: Double,
        _ kind: MetricKind = .unknown,
        _ labels: [String: String] = [:]
    ) -> MetricPoint {
        MetricPoint(name: name, labels: labels, kind: kind, value: value, timeNanoseconds: 42)
    }

    @Test func `reads the example of the format's documentation`() throws {
        let text = #"""
            # HELP http_requests_total The total number of HTTP requests.
            # TYPE http_requests_total counter
            http_requests_total{method="post",code="200"} 1027 1395066363000
            http_requests_total{method="post",code="400"}    3 1395066363000

            # Escaping in label values:
            msdos_file_access_time_seconds{path="C:\\DIR\\FILE.TXT",error="Cannot find file:\n\"FILE.TXT\""} 1.458255915e9

            # Minimalistic line:
            metric_without_timestamp_and_labels 12.47

            # A weird metric from before the epoch:
            something_weird{problem="division by zero"} +Inf -3982045

            # TYPE http_request_duration_seconds histogram
            http_request_duration_seconds_bucket{le="0.05"} 24054
            http_request_duration_seconds_bucket{le="+Inf"} 144320
            http_request_duration_seconds_sum 53423
            http_request_duration_seconds_count 144320

            # TYPE rpc_duration_seconds summary
            rpc_duration_seconds{quantile="0.01"} 3102
            rpc_duration_seconds_sum 1.7560473e+07
            """#
        let name = "http_request_duration_seconds"
        #expect(
            try parse(text) == [
                point("http_requests_total", 1_027, .counter, ["method": "post", "code": "200"]),
                point("http_requests_total", 3, .counter, ["method": "post", "code": "400"]),
                point(
                    "msdos_file_access_time_seconds",
                    1_458_255_915,
                    .unknown,
                    ["path": #"C:\DIR\FILE.TXT"#, "error": "Cannot find file:\n\"FILE.TXT\""]
                ),
                point("metric_without_timestamp_and_labels", 12.47),
                point("something_weird", .infinity, .unknown, ["problem": "division by zero"]),
                point(name + "_bucket", 24_054, .histogram, ["le": "0.05"]),
                point(name + "_bucket", 144_320, .histogram, ["le": "+Inf"]),
                point(name + "_sum", 53_423, .histogram),
                point(name + "_count", 144_320, .histogram),
                point("rpc_duration_seconds", 3_102, .summary, ["quantile": "0.01"]),
                point("rpc_duration_seconds_sum", 17_560_473, .summary),
            ]
        )
    }

    @Test func `reads OpenMetrics with exemplars and seconds`() throws {
        let text = #"""
            # TYPE demo histogram
            # UNIT demo seconds
            demo_bucket{le="1"} 11 # {trace_id="KOO5S4vxi0o"} 0.67 1520879607.789
            demo_bucket{le="+Inf"} 12 1520879607.789 # {} 0.7
            demo_created 1520872607.123
            # TYPE hits counter
            hits_total{a="b"} 1.0 1520879607.789
            # TYPE build info
            build_info{version="1"} 1
            # EOF

            """#
        #expect(
            try parse(text, type: Self.openMetrics) == [
                point("demo_bucket", 11, .histogram, ["le": "1"]),
                point("demo_bucket", 12, .histogram, ["le": "+Inf"]),
                point("demo_created", 1_520_872_607.123, .gauge),
                point("hits_total", 1, .counter, ["a": "b"]),
                point("build_info", 1, .gauge, ["version": "1"]),
            ]
        )
    }

    @Test(arguments: [
        ("a 1", 1), ("a 1e3", 1_000), ("a -0.5", -0.5), ("a +Inf", Double.infinity), ("a -Inf", -Double.infinity),
        ("a\t2", 2), ("a{} 3", 3), ("a { b = \"c\" , } 4", 4), ("a{b=\"c\",} 5", 5), ("  a 6", 6), ("a 7\r", 7),
        ("a 0x10", 16), ("{\"a\"} 8", 8), ("{\"a\",b=\"c\"} 9", 9), ("{b=\"c\",\"a\"} 9", 9),
        ("a 10 1700000000000", 10),
    ])
    func `reads a sample`(line: String, value: Double) throws {
        let points = try parse(line + "\n")
        #expect(points.map(\.name) == ["a"])
        #expect(points.map(\.value) == [value])
    }

    @Test func `reads NaN and UTF-8 names`() throws {
        #expect(try parse("a NaN")[0].value.isNaN)
        #expect(
            try parse(#"{"http.dauer","straße.name"="ä"} 1"#) == [
                point("http.dauer", 1, .unknown, ["straße.name": "ä"])
            ]
        )
    }

    @Test(arguments: [
        "a", "a ", "a x", "a 1 x", "a 1 1.5", "a 1 2 3", "1a 2", "a{b} 1", "a{b=} 1", "a{b=c} 1", "a{b=\"c} 1",
        "a{b=\"c\" 1", "a{b=\"c\"d=\"e\"} 1", "a{1b=\"c\"} 1", "a{,} 1", "a{b=\"c\",b=\"d\"} 1", "{} 1", "{b=\"c\"} 1",
        "{\"a\",\"b\"} 1", "a{\"b\"} 1", "a 1 # {t=\"x\"} 1", "a 1_000", "# TYPE a wrong",
        "# TYPE a gauge\n# TYPE a gauge",
        "# TYPE 1a gauge", "<html><body>not metrics</body></html>", "{\"json\": true}", "a{b=\"c\",:=\"d\"} 1",
    ])
    func `refuses a malformed line and says which`(line: String) {
        let number = line.contains("\n") ? 3 : 2
        #expect { try parse("fine 1\n" + line + "\nfine_too 2\n") } throws: { error in
            guard case .malformed(number, let reason) = error as? ExpositionError else { return false }
            return !reason.isEmpty
        }
    }

    @Test func `invalid UTF-8 in a label is malformed`() {
        let body = Array("a{b=\"".utf8) + [0xff, 0xfe] + Array("\"} 1\n".utf8)
        #expect(throws: ExpositionError.malformed(line: 1, reason: "invalid UTF-8")) {
            try ExpositionParser().parse(body, contentType: nil, at: 0)
        }
    }

    @Test func `an OpenMetrics body that was cut off is dropped`() throws {
        let whole = "# TYPE a gauge\na 1\na{b=\"c\"} 2\n# EOF\n"
        #expect(try parse(whole, type: Self.openMetrics).count == 2)
        for length in 0..<(whole.utf8.count - 1) {
            #expect(throws: ExpositionError.self) {
                try parse(String(whole.prefix(length)), type: Self.openMetrics)
            }
        }
        #expect(throws: ExpositionError.malformed(line: 5, reason: "text after # EOF")) {
            try parse(whole + "b 1\n", type: Self.openMetrics)
        }
    }

    @Test(arguments: [
        (nil, "a 1 2000"), ("text/plain", "a 1 2000"), ("TEXT/PLAIN;version=1.0.0;escaping=allow-utf-8", "a 1 2000"),
        ("application/openmetrics-text;version=0.0.1", "a 1 2.5\n# EOF"),
    ])
    func `chooses the format by the content type`(type: String?, text: String) throws {
        #expect(try parse(text, type: type).count == 1)
    }

    @Test(arguments: ["text/html", "application/json", "application/vnd.google.protobuf", ""])
    func `refuses a content type it cannot read`(type: String) {
        #expect(throws: ExpositionError.unsupportedContentType(type)) { try parse("a 1", type: type) }
    }

    @Test func `keeps to its limits`() throws {
        let limits = ExpositionLimits(bodyBytes: 100, series: 3, labelsPerSeries: 2, textBytes: 10)
        #expect(try parse("a 1\na 2\na 3\n", limits: limits).count == 3)
        #expect(throws: ExpositionError.tooManySeries(limit: 3)) { try parse("a 1\na 2\na 3\na 4", limits: limits) }
        #expect(throws: ExpositionError.tooManyLabels(line: 1, limit: 2)) {
            try parse(#"a{b="",c="",d=""} 1"#, limits: limits)
        }
        #expect(throws: ExpositionError.tooLong(line: 1, limit: 10)) {
            try parse("a{b=\"12345678901\"} 1", limits: limits)
        }
        #expect(throws: ExpositionError.tooLong(line: 1, limit: 10)) { try parse("abcdefghijk 1", limits: limits) }
        #expect(throws: ExpositionError.tooManyBytes(limit: 100)) {
            try parse(String(repeating: "#\n", count: 51), limits: limits)
        }
    }

    /// Whatever a target sends, the parser returns or throws; the seed makes a failure repeatable.
    @Test(arguments: 1...20 as ClosedRange<UInt64>) func `survives damaged bodies`(seed: UInt64) {
        var state = seed
        func next(below bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let original = Array("# TYPE a counter\na_total{b=\"c\\n\",d=\"e\"} 1 2 # {t=\"u\"} 3 4\n# EOF\n".utf8)
        for _ in 0..<100 {
            var body = original
            for _ in 0...next(below: 4) { body[next(below: body.count)] = UInt8(next(below: 256)) }
            let points = try? ExpositionParser().parse(body, contentType: Self.openMetrics, at: 42)
            #expect((points?.count ?? 0) <= 3)
        }
    }
}
