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
        let settings = ExporterSettings()
        let exporter = OTLPExporter(
            endpoint: endpoint,
            resource: ["service.name": "plimsoll", "plimsoll.run.id": runID],
            settings: settings
        )
        var recorded = 0
        recording: for test in load.tests {
            let definition = plan.tests[test.test]
            for sample in test.samples where !sample.outcome.wasDropped {
                // The load is over, so waiting for room costs nothing, and a full queue would drop.
                while recorded - exporter.exported - exporter.dropped >= settings.queueLimit / 2 {
                    do { try await Task.sleep(for: .milliseconds(10)) } catch { break recording }
                }
                exporter.record(span(of: sample, in: definition))
                recorded += 1
            }
        }
        await exporter.shutdown()
        return exporter.dropped
    }

    private func span(of sample: RequestSample, in definition: TestDefinition) -> ExportSpan {
        var attributes: [(key: String, value: AttributeValue)] = [
            (key: "http.request.method", value: .string(definition.method)),
            (key: "plimsoll.test", value: .string(definition.name)),
            (
                key: "plimsoll.schedule_lag_ms",
                value: .double(Double(sample.sentAt - min(sample.sentAt, sample.scheduledAt)) / 1e6)
            ),
        ]
        if sample.statusCode > 0 {
            attributes.append(
                (key: "http.response.status_code", value: .int(Int64(sample.statusCode)))
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
