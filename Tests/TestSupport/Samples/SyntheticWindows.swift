package import Correlation
import Foundation
import Statistics
package import Telemetry

/// Windows with plausible numbers in every field, the same for the same seed.
package enum SyntheticWindows {
    /// A window that begins at `start`, with `spans` of each operation; ten operations make a service.
    package static func window(
        start: UInt64,
        operations: Int,
        spans: Int = 60,
        paths: Int = 40,
        using generator: inout SeededGenerator
    ) -> TelemetryWindow {
        var window = TelemetryWindow(start: start, traces: spans * max(1, operations / 10))
        for number in 0..<operations {
            var operation = OperationWindow(operation: key(number), version: number % 3 == 0 ? "" : "1.\(number % 4)")
            for _ in 0..<spans {
                let duration = UInt64(exp(Double.random(in: 13...17, using: &generator)))
                let bin = Int.random(in: 0..<operation.bins.count, using: &generator)
                operation.total.record(duration)
                operation.own.record(duration / UInt64.random(in: 1...8, using: &generator))
                operation.bins[bin].spans += 1
                operation.bins[bin].logDurationSum += log(Double(duration))
                if Int.random(in: 0..<40, using: &generator) == 0 {
                    operation.errors += 1
                    operation.bins[bin].errors += 1
                    operation.errorTypes["Error\(Int.random(in: 0..<4, using: &generator))", default: 0] += 1
                }
            }
            operation.entries = number % 10 == 0 ? spans : 0
            window.spans += operation.count
            window.operations.append(operation)
        }
        window.operations.sort { ($0.operation, $0.version) < ($1.operation, $1.version) }
        for number in 0..<(operations > 0 ? paths : 0) {
            let parent = number == 0 ? nil : Int.random(in: 0..<number, using: &generator)
            let synthetic: [PathFrame.Synthetic?] = [nil, nil, .network, .client, .other]
            window.paths.append(
                PathWindow(
                    frame: PathFrame(operation: key(number % operations), synthetic: synthetic[number % 5]),
                    parent: parent,
                    calls: Int.random(in: 1...1_000, using: &generator),
                    criticalNanoseconds: .random(in: 0...1 << 40, using: &generator),
                    selfNanoseconds: .random(in: 0...1 << 40, using: &generator)
                )
            )
        }
        return window
    }

    package static func key(_ number: Int) -> OperationKey {
        OperationKey(
            service: "service-\(number / 10)",
            name: "GET /things/\(number % 10)/{id}",
            kind: number % 2 == 0 ? .server : .client
        )
    }
}
