/// What gRPC puts before a message.
enum GRPCFraming {
    static func message(_ bytes: [UInt8], isCompressed: Bool = false) -> [UInt8] {
        prefix(length: bytes.count, flag: isCompressed ? 1 : 0) + bytes
    }

    static func prefix(length: Int, flag: UInt8 = 0) -> [UInt8] {
        [flag] + (0..<4).reversed().map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    }
}
