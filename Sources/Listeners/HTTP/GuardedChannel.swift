import HummingbirdCore
import Logging
import NIOCore

/// A child channel behind the limits of its port, which is set up by the task that handles it.
///
/// Until then nothing is read from it.
struct GuardedChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    let traffic: HTTPListener.Traffic
    let connections: OpenConnections

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<AcceptedConnection> {
        let accepted = AcceptedConnection(channel)
        // One that is refused is closed already, and ends where it is handled.
        guard connections.admit(channel) else { return channel.eventLoop.makeSucceededFuture(accepted) }
        return channel.setOption(ChannelOptions.autoRead, value: false).map { accepted }
    }

    func handle(value: AcceptedConnection, logger: Logger) async {
        switch traffic {
        case .pages: await serve(value, logger: logger)
        case .exports:
            // An export is read, decoded and answered by one thread: waking another one for every piece costs a tenth.
            await withTaskExecutorPreference(EventLoopExecutor(value.channel.eventLoop)) {
                await serve(value, logger: logger)
            }
        }
    }

    private func serve(_ accepted: AcceptedConnection, logger: Logger) async {
        let (channel, base) = (accepted.channel, base)
        let setup: EventLoopFuture<Base.Value> = channel.eventLoop.flatSubmit {
            guard channel.isActive else { return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel) }
            return base.setup(channel: channel, logger: logger)
        }
        let ready = try? await setup.get()
        guard let ready else { return }
        // Both fail only on a connection that is closed already.
        if traffic == .exports {
            channel.setOption(ChannelOptions.recvAllocator, value: ReadSizing.allocator).whenFailure { _ in }
        }
        channel.setOption(ChannelOptions.autoRead, value: true).whenFailure { _ in }
        await base.handle(value: ready, logger: logger)
    }
}
