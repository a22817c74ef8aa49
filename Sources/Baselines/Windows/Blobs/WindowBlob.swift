import Correlation
import Statistics
import Telemetry

/// A window as bytes, and back: format 1 of `docs/formats/windows.md`.
enum WindowBlob {
    private static let version: UInt8 = 1
    /// Far beyond what `WindowBuilder` makes, so that only damage gets there.
    private static let operationLimit = 100_000
    private static let pathLimit = 100_000
    private static let errorTypeLimit = 1_000
    private static let binLimit = 600

    static func bytes(_ window: TelemetryWindow) -> BlobWriter {
        var writer = BlobWriter()
        writer.byte(version)
        for number in [window.traces, window.spans, window.lateSpans, window.droppedSpans] { writer.number(number) }
        let texts = BlobTexts(texts(of: window))
        texts.write(to: &writer)
        writer.number(window.operations.count)
        for operation in window.operations { write(operation, texts, to: &writer) }
        writer.number(window.paths.count)
        for path in window.paths {
            write(path.frame.operation, texts, to: &writer)
            writer.byte(code(of: path.frame.synthetic))
            writer.number(path.parent.map { $0 + 1 } ?? 0)
            writer.number(path.calls)
            writer.number(path.criticalNanoseconds)
            writer.number(path.selfNanoseconds)
        }
        return writer
    }

    /// Reads the window that began at `start`.
    static func window(
        at start: UInt64,
        _ bytes: UnsafeRawBufferPointer
    ) throws(BlobDamage) -> TelemetryWindow {
        var reader = BlobReader(bytes)
        try reader.expectVersion(version)
        var window = TelemetryWindow(start: start)
        window.traces = try reader.number(atMost: Int.max)
        window.spans = try reader.number(atMost: Int.max)
        window.lateSpans = try reader.number(atMost: Int.max)
        window.droppedSpans = try reader.number(atMost: Int.max)
        let texts = try BlobTexts.read(&reader)
        let operations = try reader.count(atMost: operationLimit)
        window.operations.reserveCapacity(operations)
        for _ in 0..<operations { window.operations.append(try operation(&reader, texts)) }
        let paths = try reader.count(atMost: pathLimit)
        window.paths.reserveCapacity(paths)
        for number in 0..<paths { window.paths.append(try path(number, &reader, texts)) }
        try reader.expectEnd()
        return window
    }

    private static func texts(of window: TelemetryWindow) -> Set<String> {
        var texts: Set<String> = []
        for operation in window.operations {
            texts.insert(operation.operation.service)
            texts.insert(operation.operation.name)
            texts.insert(operation.version)
            texts.formUnion(operation.errorTypes.keys)
        }
        for path in window.paths {
            texts.insert(path.frame.operation.service)
            texts.insert(path.frame.operation.name)
        }
        return texts
    }

    private static func write(_ operation: OperationWindow, _ texts: BlobTexts, to writer: inout BlobWriter) {
        write(operation.operation, texts, to: &writer)
        writer.number(texts.number(of: operation.version))
        writer.number(operation.entries)
        writer.number(operation.errors)
        SketchBlob.write(operation.total, to: &writer)
        SketchBlob.write(operation.own, to: &writer)
        writer.number(operation.errorTypes.count)
        for (type, count) in operation.errorTypes.sorted(by: { $0.key < $1.key }) {
            writer.number(texts.number(of: type))
            writer.number(count)
        }
        writer.number(operation.bins.count)
        for bin in operation.bins {
            writer.number(bin.spans)
            guard bin.spans > 0 else { continue }
            writer.number(bin.errors)
            writer.double(bin.logDurationSum)
        }
    }

    private static func operation(
        _ reader: inout BlobReader,
        _ texts: [String]
    ) throws(BlobDamage) -> OperationWindow {
        let key = try key(&reader, texts)
        let version = try texts.text(&reader)
        let entries = try reader.number(atMost: Int.max)
        let errors = try reader.number(atMost: Int.max)
        let total = try SketchBlob.read(&reader)
        let own = try SketchBlob.read(&reader)
        var errorTypes: [String: Int] = [:]
        for _ in 0..<(try reader.count(atMost: errorTypeLimit)) {
            let type = try texts.text(&reader)
            errorTypes[type] = try reader.number(atMost: Int.max)
        }
        var bins = [WindowBin](repeating: WindowBin(), count: try reader.count(atMost: binLimit))
        for index in bins.indices {
            let spans = try reader.number(atMost: Int.max)
            guard spans > 0 else { continue }
            let errors = try reader.number(atMost: Int.max)
            let sum = try reader.double()
            guard sum.isFinite else { throw BlobDamage("a mean is no number") }
            bins[index] = WindowBin(spans: spans, errors: errors, logDurationSum: sum)
        }
        return OperationWindow(
            operation: key,
            version: version,
            entries: entries,
            total: total,
            own: own,
            errors: errors,
            errorTypes: errorTypes,
            bins: bins
        )
    }

    private static func path(
        _ number: Int,
        _ reader: inout BlobReader,
        _ texts: [String]
    ) throws(BlobDamage) -> PathWindow {
        let key = try key(&reader, texts)
        let frame = PathFrame(operation: key, synthetic: try synthetic(of: try reader.byte()))
        // Parents stand before their children: readers walk up without looking for circles.
        let parent = try reader.number(atMost: number)
        return PathWindow(
            frame: frame,
            parent: parent == 0 ? nil : parent - 1,
            calls: try reader.number(atMost: Int.max),
            criticalNanoseconds: try reader.number(),
            selfNanoseconds: try reader.number()
        )
    }

    private static func write(_ key: OperationKey, _ texts: BlobTexts, to writer: inout BlobWriter) {
        writer.number(texts.number(of: key.service))
        writer.number(texts.number(of: key.name))
        writer.byte(key.kind.rawValue)
    }

    private static func key(_ reader: inout BlobReader, _ texts: [String]) throws(BlobDamage) -> OperationKey {
        let service = try texts.text(&reader)
        let name = try texts.text(&reader)
        guard let kind = SpanKind(rawValue: try reader.byte()) else { throw BlobDamage("a kind is unknown") }
        return OperationKey(service: service, name: name, kind: kind)
    }

    private static func code(of synthetic: PathFrame.Synthetic?) -> UInt8 {
        switch synthetic {
        case nil: 0
        case .client: 1
        case .network: 2
        case .other: 3
        }
    }

    private static func synthetic(of code: UInt8) throws(BlobDamage) -> PathFrame.Synthetic? {
        switch code {
        case 0: nil
        case 1: .client
        case 2: .network
        case 3: .other
        default: throw BlobDamage("a frame is of an unknown sort")
        }
    }
}
