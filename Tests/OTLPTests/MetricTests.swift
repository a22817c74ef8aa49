import OTLP
import Telemetry
import Testing

/// Metrics as series, by Prometheus' rules for OTLP.
struct MetricTests {
    private let decoder = ExportDecoder(vocabulary: Vocabulary())

    private func decode(_ metric: String) throws -> DecodedExport {
        let resource = #"{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]}"#
        let text = #"{"resourceMetrics":[{"resource":\#(resource),"scopeMetrics":[{"metrics":[\#(metric)]}]}]}"#
        return try decoder.decode(Array(text.utf8), .metrics, .json)
    }

    private func values(_ export: DecodedExport) -> [String: Double] {
        Dictionary(
            uniqueKeysWithValues: export.batch.points.map { point in
                let own = point.labels.filter { $0.key != "job" }.sorted { $0.key < $1.key }
                return (point.name + own.map { "{\($0.key)=\($0.value)}" }.joined(), point.value)
            }
        )
    }

    @Test func `names get unit and type, labels lose what Prometheus cannot write`() throws {
        let export = try decode(
            #"""
            {"name":"http.server.active_requests","unit":"{request}","gauge":{"dataPoints":[{"asInt":"4","attributes":
            [{"key":"http.route","value":{"stringValue":"/a"}}]}]}},
            {"name":"process.cpu.time","unit":"s","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":
            [{"asDouble":1.5}]}},
            {"name":"cache.use","unit":"1","gauge":{"dataPoints":[{"asDouble":0.5}]}},
            {"name":"net.io","unit":"By/s","gauge":{"dataPoints":[{"asDouble":2}]}}
            """#
        )
        #expect(
            values(export) == [
                "http_server_active_requests{http_route=/a}": 4, "process_cpu_time_seconds_total": 1.5,
                "cache_use_ratio": 0.5, "net_io_bytes_per_second": 2,
            ]
        )
        #expect(export.batch.points.allSatisfy { $0.labels["job"] == "shop" })
        #expect(export.batch.points.map(\.kind) == [.gauge, .counter, .gauge, .gauge])
    }

    @Test func `a histogram is cumulative buckets, sum and count, its exemplars at their buckets`() throws {
        let export = try decode(
            #"""
            {"name":"latency","unit":"s","histogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"9",
            "count":"6","sum":3.5,"bucketCounts":["1","2","3"],"explicitBounds":[0.1,1],"exemplars":[{"asDouble":0.5,
            "traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"0102030405060708"}]}]}}
            """#
        )
        #expect(
            values(export) == [
                "latency_seconds_bucket{le=0.1}": 1, "latency_seconds_bucket{le=1}": 3,
                "latency_seconds_bucket{le=+Inf}": 6, "latency_seconds_sum": 3.5, "latency_seconds_count": 6,
            ]
        )
        let carriers = export.batch.points.filter { !$0.exemplars.isEmpty }
        #expect(carriers.map { $0.labels["le"] } == ["1"])
        #expect(carriers.first?.exemplars.first?.traceID.hex == "0102030405060708090a0b0c0d0e0f10")
    }

    @Test func `deltas add up, and one that comes twice is not added again`() throws {
        func sum(_ time: Int, _ value: Int) -> String {
            #"""
            {"name":"hits","sum":{"aggregationTemporality":1,"isMonotonic":true,"dataPoints":[{"timeUnixNano":"\#(time)",
            "asInt":"\#(value)"}]}}
            """#
        }
        #expect(try values(decode(sum(1, 5))) == ["hits_total": 5])
        #expect(try values(decode(sum(2, 3))) == ["hits_total": 8])
        let again = try decode(sum(2, 3))
        #expect(again.batch.points.isEmpty)
        #expect(again.rejected == 1)
        #expect(try values(decode(sum(3, 1))) == ["hits_total": 9])
    }

    @Test func `an exponential histogram is a native one, made coarser where its scale is too fine`() throws {
        let export = try decode(
            #"""
            {"name":"e","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[{"count":"6","sum":2,"scale":9,
            "zeroCount":"1","positive":{"offset":-2,"bucketCounts":["1","2","0","2"]}}]}}
            """#
        )
        let histogram = try #require(export.batch.points.first?.histogram)
        #expect(histogram.schema == 8)
        #expect(histogram.count == 6)
        #expect(histogram.zeroCount == 1)
        // OTLP -2 and -1 are one bucket of half the resolution, index -1, which Prometheus calls 0.
        #expect(histogram.positive == [.init(index: 0, count: 3), .init(index: 1, count: 2)])
    }

    @Test(arguments: [
        (#"{"name":"x","sum":{"dataPoints":[{"asInt":"1"},{"asInt":"2"}]}}"#, 2, "temporality"),
        (
            #"{"name":"x","histogram":{"aggregationTemporality":2,"dataPoints":[{"bucketCounts":["1"],"explicitBounds":[1]}]}}"#,
            1, "bounds"
        ),
        (
            #"{"name":"x","exponentialHistogram":{"aggregationTemporality":1,"dataPoints":[{"scale":1}]}}"#, 1,
            "cumulative"
        ),
        (
            #"{"name":"x","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[{"scale":-5}]}}"#, 1, "scale"
        ),
    ])
    func `a data point that makes no sense is rejected with its reason`(metric: String, count: Int, named: String)
        throws
    {
        let export = try decode(metric)
        #expect(export.batch.points.isEmpty)
        #expect(export.rejected == count)
        #expect(export.reason.contains(named))
    }

    @Test func `no recorded value ends the series`() throws {
        let export = try decode(#"{"name":"x","gauge":{"dataPoints":[{"flags":1}]}}"#)
        #expect(export.batch.points.map(\.isStale) == [true])
    }
}
