import Testing

@testable import Plans

struct QuantityTests {
    @Test(arguments: [
        ("500ms", Duration.milliseconds(500)), ("30s", .seconds(30)), ("5m", .seconds(300)), ("1h", .seconds(3600)),
        ("1h30m", .seconds(5400)), ("1.5s", .milliseconds(1500)), ("0s", .zero), ("2 s", .seconds(2)),
        ("720h", .seconds(2_592_000)),
    ])
    func `reads a duration`(text: String, duration: Duration) {
        #expect(Quantity.duration(text) == duration)
    }

    @Test(arguments: [
        "", "s", "5", "5d", "-5s", "5s ", "5s!", "1..5s", "٣s", "721h", "1e9h", "99999999999999999999h", "5 min",
    ])
    func `refuses what is no duration`(text: String) {
        #expect(Quantity.duration(text) == nil)
    }

    @Test(arguments: [("16KiB", 16_384), ("1MB", 1_000_000), ("512Mi", 512 << 20), ("1.5GiB", 3 << 29), ("1 B", 1)])
    func `reads a size`(text: String, bytes: Int) {
        #expect(Quantity.bytes(text) == bytes)
    }

    @Test(arguments: ["", "16", "0B", "0.5B", "16kib", "-1KiB", "9999999GiB", "1KiB2KiB"])
    func `refuses what is no size`(text: String) {
        #expect(Quantity.bytes(text) == nil)
    }

    @Test(arguments: ["0", "-0", "12", "1.50", "1e9", "-1.5E-3", "1e+2"])
    func `knows a JSON number`(text: String) {
        #expect(JSONText.isNumber(text))
    }

    @Test(arguments: ["", "-", "00123", "+1", ".5", "1.", "1e", "0x10", "1_000", "Infinity", "1 ", "٣"])
    func `leaves everything else as text`(text: String) {
        #expect(!JSONText.isNumber(text))
    }
}
