/// An edge of the graph of services.
package struct ServiceCall: Sendable, Hashable {
    package var caller: String
    package var callee: String
    package var calls: Int

    package init(caller: String, callee: String, calls: Int) {
        self.caller = caller
        self.callee = callee
        self.calls = calls
    }
}
