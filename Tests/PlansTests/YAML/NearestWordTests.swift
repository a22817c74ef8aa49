import Testing

@testable import Plans

struct NearestWordTests {
    private let known = ["duration", "rps", "rampUp", "moduleId", "baseUrl"]

    @Test(arguments: [
        ("durration", "duration"), ("duratoin", "duration"), ("DURATION", "duration"), ("rpm", "rps"),
        ("modul", "moduleId"), ("baseURL", "baseUrl"), ("ramp_up", "rampUp"),
    ])
    func `finds the word that was meant`(typed: String, meant: String) {
        #expect(NearestWord.to(typed, among: known) == meant)
    }

    @Test(arguments: ["", "x", "zebra", "rampant", String(repeating: "zebra", count: 1000)])
    func `lists the known words when none is near`(typed: String) {
        #expect(NearestWord.to(typed, among: known) == nil)
        #expect(NearestWord.hint(for: typed, among: known).hasPrefix("known: `duration`, `rps`"))
    }
}
