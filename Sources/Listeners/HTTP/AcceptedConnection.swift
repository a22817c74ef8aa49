import HummingbirdCore
import NIOCore

/// A connection between the moment it is accepted and the moment a task takes it over.
///
/// A server that is cancelled forgets those in between. Nothing has been set up on them then, so they are closed with
/// the last reference to them; the `NIOAsyncChannel` that Hummingbird would carry here ends the process instead.
final class AcceptedConnection: ServerChildChannelValue {
    let channel: any Channel

    init(_ channel: any Channel) {
        self.channel = channel
    }

    deinit {
        // After a connection that was handled, this does nothing.
        channel.close(promise: nil)
    }
}
