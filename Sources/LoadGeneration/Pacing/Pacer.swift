/// Decides when the arrivals of a rate shape are due, as a pure value: no clock, no thread.
///
/// Two pacers made alike give the same arrivals. Every due time is computed from the start of the shape and never from
/// the arrival before, so rounding does not add up.
package protocol Pacer: Sendable {
    /// Nanoseconds from the start of the shape to the next arrival; `nil` after the last.
    ///
    /// Never decreases, and always lies before the end of the shape.
    mutating func next() -> UInt64?
}
