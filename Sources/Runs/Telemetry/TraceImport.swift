import Collectors
import Correlation
import Curl
import Foundation
import OTLP
import Telemetry

/// Reads traces out of files and trace stores, to see what Plimsoll takes them for.
package struct TraceImport: Sendable {
    /// Where a trace store is and what is asked of it.
    package struct Backend: Sendable {
        package enum Kind: String, Sendable, CaseIterable {
            case jaeger, tempo
        }

        package var kind: Kind
        package var url: String
        package var service: String
        /// Back from now.
        package var window: Duration
        package var limit: Int

        package init(kind: Kind, url: String, service: String, window: Duration, limit: Int) {
            self.kind = kind
            self.url = url
            self.service = service
            self.window = window
            self.limit = limit
        }
    }

    /// What one file or backend brought.
    package struct Report: Sendable {
        /// The file's name or the backend's address.
        package var source: String
        /// `nil` when a backend had nothing.
        package var format: String?
        package var spans: Int
        package var rejected: Int
        /// Why spans were rejected; empty when none was.
        package var reason: String
    }

    private let vocabulary = Vocabulary()
    private let store: TraceStore
    private let importer: TraceImporter

    package init(storeBytes: Int = 256 << 20) {
        store = TraceStore(vocabulary: vocabulary, numbering: nil, byteLimit: storeBytes)
        importer = TraceImporter(decoder: ExportDecoder(vocabulary: vocabulary))
    }

    /// Throws `RunFailure.badOption` when the file cannot be read or is no trace file.
    package func read(file: String) throws(RunFailure) -> Report {
        let bytes: [UInt8]
        do {
            bytes = try [UInt8](Data(contentsOf: URL(filePath: file)))
        } catch {
            throw .badOption("\(file) cannot be read: \(SystemReason.text(of: error))")
        }
        do throws(ImportError) {
            return keep([try importer.read(bytes)], source: file)
        } catch {
            throw .badOption("\(file): \(error)")
        }
    }

    /// Throws `RunFailure.notCarriedOut` when the backend does not answer as it should.
    package func read(_ backend: Backend) async throws(RunFailure) -> Report {
        let client = HTTPClient(connections: 4)
        let found: any TraceBackend =
            switch backend.kind {
            case .jaeger: JaegerBackend(url: backend.url, client: client, importer: importer)
            case .tempo: TempoBackend(url: backend.url, client: client, importer: importer)
            }
        let end = WallClock.now()
        let window = UInt64(max(backend.window, .zero) / .nanoseconds(1))
        do throws(ImportError) {
            let results = try await found.search(
                service: backend.service,
                from: end - min(window, end),
                to: end,
                limit: backend.limit
            )
            return keep(results, source: backend.url)
        } catch {
            throw .notCarriedOut("\(backend.url): \(error)")
        }
    }

    /// The operations of everything read so far, most frequent first.
    package func operations() -> [Reception.OperationCount] {
        Reception.operations(of: store.snapshot().spans, vocabulary: vocabulary)
    }

    private func keep(_ results: [TraceImporter.Result], source: String) -> Report {
        var report = Report(source: source, format: results.first?.format.title, spans: 0, rejected: 0, reason: "")
        for result in results {
            let refused = store.append(result.batch).spans
            report.spans += result.batch.spans.count - refused
            report.rejected += result.rejected + refused
            if report.reason.isEmpty { report.reason = result.reason }
            if refused > 0, report.reason.isEmpty { report.reason = "the trace store is full" }
        }
        return report
    }
}
