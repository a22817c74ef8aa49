/// The client hung up before its request was complete, so there is nobody to answer.
struct ConnectionEnded: Error {}
