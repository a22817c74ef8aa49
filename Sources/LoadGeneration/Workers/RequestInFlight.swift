/// A request on the wire.
package struct RequestInFlight {
    package var arrival: Arrival
    /// `MonotonicClock` nanoseconds when it was handed to the engine.
    package var sentAt: UInt64

    package init(arrival: Arrival, sentAt: UInt64) {
        self.arrival = arrival
        self.sentAt = sentAt
    }
}
