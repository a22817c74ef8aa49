import Collectors
import Curl
import OTLP
import Telemetry

/// Reads the spans of one side of a diagnosis, from wherever they are.
struct TraceSources: Sendable {
    /// What all files and answers of one side brought together.
    struct Window: Sendable {
        var spans = SpanTable()
        var links: [SpanLink] = []
        var rejected = 0
        /// The first reason why a span was rejected.
        var reason = ""
    }

    private let importer: TraceImporter
    private let client: HTTPClient

    /// Files at once; more would only hold more of them in memory.
    private static let filesAtOnce = 2

    init(vocabulary: Vocabulary, client: HTTPClient) {
        var limits = DecodingLimits()
        // Of files that somebody names, not of strangers' requests.
        limits.bodyBytes = 1 << 30
        limits.itemsPerRequest = 20_000_000
        limits.envelopeFieldsPerRequest = 20_000_000
        importer = TraceImporter(decoder: ExportDecoder(vocabulary: vocabulary, limits: limits))
        self.client = client
    }

    /// - Throws: `RunFailure.badOption` for what cannot be read, `.notCarriedOut` for an address that does not answer.
    func read(_ sources: [SourceName]) async throws -> Window {
        // In the order given, so that numbers of names, and with them reports, do not depend on who is read first.
        var results = [[TraceImporter.Result]](repeating: [], count: sources.count)
        try await withThrowingTaskGroup(of: (Int, [TraceImporter.Result]).self) { tasks in
            for (index, source) in sources.enumerated() {
                if index >= TraceSources.filesAtOnce, let (done, result) = try await tasks.next() {
                    results[done] = result
                }
                tasks.addTask { (index, try await read(source)) }
            }
            for try await (index, result) in tasks { results[index] = result }
        }
        var window = Window()
        for result in results.joined() {
            window.spans.append(contentsOf: result.batch.spans)
            window.links += result.batch.links
            window.rejected += result.rejected
            if window.reason.isEmpty { window.reason = result.reason }
        }
        return window
    }

    private func read(_ source: SourceName) async throws(RunFailure) -> [TraceImporter.Result] {
        switch source {
        case .file(let path):
            let bytes = try SourceName.contents(ofFile: path)
            do throws(ImportError) {
                return [try importer.read(bytes)]
            } catch {
                throw .badOption("\(path): \(error)")
            }
        case .address(let url):
            do throws(ImportError) {
                return try await QueriedTraces(client: client, importer: importer).read(url)
            } catch {
                throw .notCarriedOut("\(url): \(error)")
            }
        case .other(let word):
            throw .badOption("\(word) is no file, no folder and no http address")
        }
    }
}
