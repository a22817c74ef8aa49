/// Count, mean and spread of numbers, one after another (Welford 1962).
package struct Moments: Sendable, Hashable {
    package private(set) var count = 0
    package private(set) var mean = 0.0
    private var squares = 0.0

    package init() {}

    /// Of the numbers themselves, not an estimate from a sample.
    package var deviation: Double { count > 0 ? (squares / Double(count)).squareRoot() : 0 }

    package mutating func add(_ value: Double) {
        count += 1
        let distance = value - mean
        mean += distance / Double(count)
        squares += distance * (value - mean)
    }
}
