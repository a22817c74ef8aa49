import ArgumentParser
import Testing

@testable import shop

struct FaultTests {
    @Test func `several faults may be named`() throws {
        #expect(try Fault.parse("n-plus-one, retries") == [.nPlusOne, .retries])
        #expect(try Fault.parse("") == [])
    }

    @Test(arguments: Fault.allCases)
    func `every fault has a name of its own`(fault: Fault) throws {
        #expect(try Fault.parse(fault.rawValue) == [fault])
    }

    @Test func `an unknown fault is an error that names it`() {
        let error = #expect(throws: ValidationError.self) { try Fault.parse("n-plus-two") }
        #expect(error?.message.contains("n-plus-two") == true)
    }
}
