import Statistics
import Testing

struct ProportionIntervalTests {
    // The closed form, worked out in Python with z = 1.959963985.
    @Test(arguments: [
        (UInt64(14), UInt64(1200), 0.006_962, 0.019_488), (1, 10, 0.017_876, 0.404_150),
        (50, 100, 0.403_832, 0.596_168),
    ])
    func `agrees with the closed form`(part: UInt64, whole: UInt64, low: Double, high: Double) {
        let interval = ProportionInterval(part, of: whole)
        #expect(abs(interval.low - low) < 2e-5, "\(interval)")
        #expect(abs(interval.high - high) < 2e-5, "\(interval)")
    }

    @Test func `stays inside 0 and 1`() {
        #expect(ProportionInterval(0, of: 100).low == 0)
        #expect(ProportionInterval(0, of: 100).high > 0)
        #expect(ProportionInterval(100, of: 100).high == 1)
        #expect(ProportionInterval(0, of: 0) == ProportionInterval(3, of: 0))
    }
}
