/// How much of a batch found no room.
package struct BatchRefusal: Sendable, Hashable {
    package var spans: Int
    package var points: Int
    package var logs: Int

    package init(spans: Int = 0, points: Int = 0, logs: Int = 0) {
        self.spans = spans
        self.points = points
        self.logs = logs
    }
}
