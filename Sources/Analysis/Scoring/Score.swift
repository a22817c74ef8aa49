/// The performance score with its parts, 0...1.
package struct Score: Sendable, Hashable, Codable {
    package var value: Double
    package var components: [ScoreComponent]

    package init(value: Double, components: [ScoreComponent]) {
        self.value = value
        self.components = components
    }
}
