import HummingbirdCore
import Logging
import NIOCore

/// Handles each connection on the event loop that reads it, where Hummingbird would use the cooperative pool.
///
/// An export is then read, decoded and answered by one thread: waking another one for every piece costs a tenth of all.
struct OnLoopChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        base.setup(channel: channel, logger: logger)
    }

    func handle(value: Base.Value, logger: Logger) async {
        await withTaskExecutorPreference(EventLoopExecutor(value.channel.eventLoop)) {
            await base.handle(value: value, logger: logger)
        }
    }
}
