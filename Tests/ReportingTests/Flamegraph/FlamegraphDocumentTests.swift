import Analysis
import Correlation
import Reporting
import Telemetry
import TestSupport
import Testing

struct FlamegraphDocumentTests {
    private func profile(_ stacks: [String: Double]) -> StackProfile {
        var profile = StackProfile()
        for (stack, weight) in stacks.sorted(by: { $0.key < $1.key }) {
            profile.add(stack.split(separator: ";").map { StackProfile.Frame(name: String($0)) }, weight: weight)
        }
        return profile
    }

    private func frames(_ svg: String) throws -> [(label: String, width: Double, classes: String)] {
        try XMLReader.read(Array(svg.utf8)).all
            .filter { $0.attributes["role"] == "treeitem" }
            .map { element in
                (
                    element.attributes["aria-label"] ?? "",
                    Double((element.attributes["width"] ?? "").dropLast()) ?? 0, element.attributes["class"] ?? ""
                )
            }
    }

    @Test func `a frame is as wide as its share`() throws {
        let all = try frames(FlamegraphDocument(profile(["a;b": 30, "a;c": 60, "d": 10]), named: "p").svg())
        #expect(all.map(\.width) == [100, 90, 30, 60, 10])
        #expect(all[1].label == "a, 90 samples, 90 %")
    }

    @Test func `a diff keeps what is gone, and greys what is noise`() throws {
        let (now, before) = (profile(["a;b": 1000, "a;c": 510]), profile(["a;b": 500, "a;c": 500, "a;old": 500]))
        let all = try frames(FlamegraphDocument(now, before: before, named: "p").svg())
        let classes = Dictionary(all.map { (String($0.label.prefix { $0 != "," }), $0.classes) }) { first, _ in first }
        #expect(classes["b"]?.contains("o") ?? false)
        #expect(classes["c"]?.contains("same") ?? false)
        #expect(classes["old"]?.contains("gone") ?? false)
    }

    @Test func `small frames are added up, not dropped`() throws {
        var stacks = ["a;b": 1e6]
        for number in 0..<20_000 { stacks["a;f\(number)"] = 1 }
        let svg = FlamegraphDocument(profile(stacks), named: "p").svg()
        let all = try frames(svg)
        #expect(all.count < 5000 && svg.utf8.count < 2_000_000)
        #expect(all.contains { $0.label.contains("20000 small frames") || $0.label.contains("20,000 small frames") })
        let below = all.filter { $0.label.hasPrefix("b,") || $0.label.contains("small frames") }
        #expect(abs(below.reduce(0) { $0 + $1.width } - 100) < 0.01)
    }

    @Test func `very many large frames still fit into two megabytes`() throws {
        var profile = StackProfile()
        let long = String(repeating: "name_of_a_function_", count: 8)
        for number in 0..<900 {
            let stack = (0..<12).map { StackProfile.Frame(name: "\(long)\(number)_\($0)") }
            profile.add(stack, weight: 1000)
        }
        let svg = FlamegraphDocument(profile, named: "p").svg()
        #expect(svg.utf8.count <= 2_000_000)
        #expect(try frames(svg).count > 1)
    }

    @Test func `folded stacks come out as they went in`() {
        let text = FlamegraphDocument(profile(["a;b": 30, "a;c": 60, "d": 10]), named: "p").folded()
        #expect(text == "a;b 30\na;c 60\nd 10\n")
    }

    @Test func `the picture is readable without a script`() throws {
        let root = try XMLReader.read(
            Array(FlamegraphDocument(profile(["<script>;b": 30, "a\";c": 60]), named: "p").svg().utf8)
        )
        let items = root.all.filter { $0.attributes["role"] == "treeitem" }
        #expect(items.allSatisfy { $0.children.first?.name == "title" && !($0.attributes["aria-label"] ?? "").isEmpty })
        #expect(root.attributes["role"] == "tree" && root.children.contains { $0.name == "desc" })
        #expect(root.all.filter { $0.name == "script" }.count == 1)
    }

    private var slowed: FlamegraphDocument.Endpoint {
        let test = SampleReports.regression.tests[0]
        return FlamegraphDocument.Endpoint(name: test.name, profile: test.profile, completeness: test.completeness)
    }

    @Test func `the tail and the work are weighed apart`() throws {
        let endpoint = slowed
        let totals = try [FlamegraphWeighing.critical, .tail, .own].map { weighing in
            try #require(try frames(FlamegraphDocument(endpoints: [endpoint], weighing: weighing).svg()).first?.label)
        }
        #expect(totals[0] != totals[1])
        #expect(totals.allSatisfy { $0.hasSuffix("100 %") })
    }

    @Test func `failed requests have a picture of their own, and none where none failed`() throws {
        var endpoint = slowed
        #expect(FlamegraphDocument(endpoints: [endpoint], weighing: .errors).isEmpty)
        endpoint.profile.failedTraces = 4
        endpoint.profile.paths[1].failedNanoseconds = 80_000_000
        let svg = FlamegraphDocument(endpoints: [endpoint], weighing: .errors).svg()
        #expect(svg.contains("4 failed requests, mean 20.000 ms"))
        #expect(try frames(svg).map(\.width) == [100, 100])
    }

    @Test func `a frame leads to its typical trace where somebody says how`() throws {
        let link = try #require(TraceLink("https://jaeger/trace/{traceId}?a=1&b=2"))
        let svg = FlamegraphDocument(endpoints: [slowed], link: link).svg()
        let links = try XMLReader.read(Array(svg.utf8)).all.compactMap { $0.attributes["data-link"] }
        let trace = try #require(slowed.profile.paths[0].typicalTraceID)
        #expect(links.first == "https://jaeger/trace/\(trace.hex)?a=1&b=2")
        #expect(!FlamegraphDocument(endpoints: [slowed]).svg().contains("data-link="))
    }

    @Test(arguments: ["javascript:alert('{traceId}')", "https://jaeger/trace/", "/trace/{traceId}", "", "http"])
    func `a link that is no address with a place for the trace is refused`(_ template: String) {
        #expect(TraceLink(template) == nil)
    }
}
