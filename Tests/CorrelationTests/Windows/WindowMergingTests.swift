import Statistics
import Telemetry
import Testing

@testable import Correlation

@Suite struct WindowMergingTests {
    private static func window(_ operations: Range<Int>, spans: Int = 3) -> TelemetryWindow {
        var window = TelemetryWindow(start: 0, spans: spans * operations.count)
        window.operations = operations.map { number in
            var operation = OperationWindow(
                operation: OperationKey(service: "web", name: "GET /\(number + 100)", kind: .server)
            )
            operation.total.record(1_000_000, times: UInt64(spans + number))
            return operation
        }
        return window
    }

    private static func spans(_ window: TelemetryWindow) -> Int { window.operations.reduce(0) { $0 + $1.count } }

    @Test func `parts of a minute stay within the limit of operations, and no span is lost`() throws {
        var limits = WindowLimits()
        limits.operations = 10
        var merged = Self.window(0..<8)
        let all = Self.spans(merged) + Self.spans(Self.window(8..<20)) + Self.spans(Self.window(20..<40))
        merged.merge(Self.window(8..<20), limits: limits)
        merged.merge(Self.window(20..<40), limits: limits)
        #expect(merged.operations.count == 10)
        #expect(Self.spans(merged) == all)
        #expect(merged.operations.count { $0.operation.service == WindowLimits.otherOperation } == 1)
        // Those with most spans keep their names.
        #expect(
            merged.operations.filter { $0.operation.service == "web" }.map(\.operation.name)
                == (31..<40).map { "GET /\($0 + 100)" }
        )
        let order = merged.operations.map(\.operation)
        #expect(order == order.sorted())
    }

    @Test func `within the limit nothing is folded`() {
        var merged = Self.window(0..<4)
        merged.merge(Self.window(2..<6))
        #expect(merged.operations.map(\.operation.name) == (0..<6).map { "GET /\($0 + 100)" })
        #expect(merged.operations[2].count == 2 * merged.operations[0].count + 4)
    }
}
