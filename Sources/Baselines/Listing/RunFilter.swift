/// Which runs of the history are wanted; what is `nil` does not matter.
package struct RunFilter: Sendable, Hashable {
    package var moduleID: String?
    package var editionID: String?
    /// `TestStatus.rawValue`.
    package var status: String?

    package init(moduleID: String? = nil, editionID: String? = nil, status: String? = nil) {
        self.moduleID = moduleID
        self.editionID = editionID
        self.status = status
    }
}
