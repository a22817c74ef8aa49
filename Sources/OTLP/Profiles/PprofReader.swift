import COTLP
package import Telemetry

/// Reads pprof's protobuf format, already decompressed.
///
/// Shape: github.com/google/pprof, proto/profile.proto. Every index into another table is checked.
package enum PprofReader {
    /// What decoded messages may take, as a multiple of the file.
    private static let expansion = 24
    private static let leastBudget = 1 << 20

    /// Whether bytes begin as a profile does: field 1 (`sample_type`), length-delimited, and short.
    package static func matches(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 4, bytes[0] == 0x0A, bytes[1] <= 22 else { return false }
        let end = 2 + Int(bytes[1])
        return end < bytes.count && [0x0A, 0x12].contains(bytes[end])
            && (bytes[1] == 0 || bytes[2] == 0x08 || bytes[2] == 0x10)
    }

    /// `sampleType` says which of a sample's values, such as `cpu`; `nil` takes the profile's default, else the last.
    package static func read(_ bytes: [UInt8], sampleType: String? = nil) throws(PprofError) -> StackProfile {
        guard let arena = DecodingArena() else { throw .outOfMemory }
        arena.reset(budget: max(leastBudget, expansion * bytes.count))
        let message = bytes.withUnsafeBufferPointer { buffer in
            plimsoll__pprof__profile__unpack(arena.allocator, buffer.count, buffer.baseAddress)
        }
        guard let message else { throw arena.refused ? .outOfMemory : .malformed }
        let profile = try PprofTables(message.pointee).profile(sampleType: sampleType)
        // The tables are views of the arena's memory.
        withExtendedLifetime(arena) {}
        return profile
    }
}

/// The tables of a decoded profile, by the ids that samples use.
private struct PprofTables {
    private let message: Plimsoll__Pprof__Profile
    private var strings: [String]
    private var frames: [UInt64: [StackProfile.Frame]] = [:]

    init(_ message: Plimsoll__Pprof__Profile) throws(PprofError) {
        self.message = message
        strings = (0..<message.n_string_table).map { index in
            message.string_table[index].map { String(cString: $0) } ?? ""
        }
        guard strings.first == "" else { throw .malformed }
        var functions: [UInt64: StackProfile.Frame] = [:]
        for function in PprofTables.items(message.function, message.n_function) {
            let name = string(function.name)
            functions[function.id] = StackProfile.Frame(
                name: name.isEmpty ? string(function.system_name) : name,
                module: PprofTables.base(string(function.filename))
            )
        }
        var mappings: [UInt64: String] = [:]
        for mapping in PprofTables.items(message.mapping, message.n_mapping) {
            mappings[mapping.id] = PprofTables.base(string(mapping.filename))
        }
        for location in PprofTables.items(message.location, message.n_location) {
            // Innermost first: what was inlined stands before what it was inlined into.
            let lines = PprofTables.items(location.line, location.n_line).compactMap { functions[$0.function_id] }
            let object = mappings[location.mapping_id] ?? ""
            let unnamed = StackProfile.Frame(
                name: object.isEmpty ? "0x" + String(location.address, radix: 16) : "[\(object)]",
                module: object
            )
            frames[location.id] = lines.isEmpty ? [unnamed] : lines
        }
    }

    func profile(sampleType: String?) throws(PprofError) -> StackProfile {
        let types = PprofTables.items(message.sample_type, message.n_sample_type)
        let names = types.map { string($0.type) }
        let wanted = sampleType ?? string(message.default_sample_type)
        let found = names.firstIndex(of: wanted)
        if let sampleType, found == nil { throw .noSuchSampleType(sampleType, known: names) }
        guard let index = found ?? names.indices.last else { throw .malformed }
        let unit = string(types[index].unit)
        var profile = StackProfile(unit: unit == "count" || unit.isEmpty ? names[index] : unit)
        for sample in PprofTables.items(message.sample, message.n_sample) where index < sample.n_value {
            var stack: [StackProfile.Frame] = []
            for position in (0..<sample.n_location_id).reversed() {
                stack += (frames[sample.location_id[position]] ?? []).reversed()
                // What is deeper would be cut off anyway.
                if stack.count > StackProfile.depthLimit { break }
            }
            profile.add(stack, weight: Double(sample.value[index]))
        }
        return profile
    }

    private func string(_ index: Int64) -> String {
        strings.indices.contains(Int(clamping: index)) ? strings[Int(clamping: index)] : ""
    }

    private static func base(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private static func items<Item>(_ pointers: UnsafeMutablePointer<UnsafeMutablePointer<Item>?>?, _ count: Int)
        -> [Item]
    {
        guard let pointers else { return [] }
        return (0..<count).compactMap { pointers[$0]?.pointee }
    }
}
