import Exporters
import OTLP
import Plans
import Telemetry

/// The generator's own client spans, for a trace viewer beside Plimsoll: with them a trace has its true root.
struct ClientSpans: Sendable {
    let plan: TestPlan
    let numbering: RequestNumbering
    let runID: String

    /// Sends a span for every request that went out; returns how many were dropped on the way.
    func export(_ load: LoadResult, to endpoint: String) async -> Int {
        let exporter = OTLPExporter(
            endpoint: endpoint,
            resource: ["service.name": "plimsoll", "plimsoll.run.id": runID]
        )
        for test in load.tests {
            let definition = plan.tests[test.test]
            for sample in test.samples where !sample.outcome.wasDropped {
                await exporter.waitForRoom()
                exporter.record(span(of: sample, in: definition))
            }
        }
        await exporter.shutdown()
        return exporter.dropped
    }

    private func span(of sample: RequestSample, in definition: TestDefinition) -> ExportSpan {
        var attributes: [ExportAttribute] = [
            ExportAttribute(key: "http.request.method", value: .string(definition.method)),
            ExportAttribute(key: "plimsoll.test", value: .string(definition.name)),
            ExportAttribute(
                key: "plimsoll.schedule_lag_ms",
                value: .double(Double(sample.sentAt - min(sample.sentAt, sample.scheduledAt)) / 1e6)
            ),
        ]
        if sample.statusCode > 0 {
            attributes.append(
                ExportAttribute(key: "http.response.status_code", value: .int(Int64(sample.statusCode)))
            )
        }
        let isError = sample.outcome != .completed
        return ExportSpan(
            traceID: numbering.traceID(of: sample.number),
            spanID: numbering.spanID(of: sample.number),
            parentID: .none,
            name: definition.name,
            kind: .client,
            startNanoseconds: sample.sentAt,
            endNanoseconds: sample.finishedAt,
            attributes: attributes,
            errorType: isError ? sample.outcome.name : nil
        )
    }
}
