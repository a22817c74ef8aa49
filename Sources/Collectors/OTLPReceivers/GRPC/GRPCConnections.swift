import Listeners
import NIOCore
import NIOHTTP2
import NIOSSL

/// Makes HTTP/2 connections of accepted sockets, and each of their streams a gRPC call.
///
/// Safe to use from any thread.
struct GRPCConnections: Sendable {
    let service: ExportService
    let settings: ReceiverSettings
    let budget: InFlightBudget
    /// `nil` for plain text.
    let tls: NIOSSLContext?
    private let connections: OpenConnections

    init(
        service: ExportService,
        settings: ReceiverSettings,
        budget: InFlightBudget,
        tls: NIOSSLContext?,
        connections: OpenConnections
    ) {
        self.service = service
        self.settings = settings
        self.budget = budget
        self.tls = tls
        self.connections = connections
    }

    /// Called on the connection's event loop before anything is read.
    func begin(_ channel: any Channel) -> EventLoopFuture<any Channel> {
        guard connections.admit(channel) else { return channel.eventLoop.makeSucceededFuture(channel) }
        return channel.setOption(ChannelOptions.recvAllocator, value: ReadSizing.allocator).flatMapThrowing {
            try addHandlers(to: channel)
            return channel
        }
    }

    private func addHandlers(to channel: any Channel) throws {
        let (service, settings, budget) = (service, settings, budget)
        let manager = NIOHTTP2ServerConnectionManagementHandler(
            eventLoop: channel.eventLoop,
            configuration: .init(
                maxIdleTime: TimeAmount(settings.limits.idleTimeout),
                maxAge: nil,
                maxGraceTime: TimeAmount(settings.shutdownGrace),
                keepalive: nil
            )
        )
        let http2 = NIOHTTP2Handler(
            mode: .server,
            eventLoop: channel.eventLoop,
            connectionConfiguration: connectionConfiguration,
            streamConfiguration: streamConfiguration,
            streamDelegate: GRPCStreamMarks(
                connections: connections,
                channel: channel,
                next: manager.http2StreamDelegate
            )
        ) { stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandler(
                    GRPCExportStream(service: service, settings: settings, budget: budget)
                )
            }
        }
        let pipeline = channel.pipeline.syncOperations
        if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
        // An idle client is asked to leave first; this is for one that does not even answer that.
        try pipeline.addHandler(
            IdleStateHandler(readTimeout: TimeAmount(settings.limits.idleTimeout + settings.shutdownGrace))
        )
        try pipeline.addHandlers(http2, manager, GRPCConnectionEnd())
    }

    // Exports are hundreds of kilobytes; with HTTP/2's defaults each would be dozens of frames and window updates.
    private static let windowBytes = 4 << 20
    private static let frameBytes = 1 << 20

    private var connectionConfiguration: NIOHTTP2Handler.ConnectionConfiguration {
        var configuration = NIOHTTP2Handler.ConnectionConfiguration()
        configuration.targetWindowSize = Self.windowBytes
        configuration.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: settings.streamsPerConnection),
            HTTP2Setting(parameter: .maxHeaderListSize, value: 16 << 10),
            HTTP2Setting(parameter: .maxFrameSize, value: Self.frameBytes),
            HTTP2Setting(parameter: .initialWindowSize, value: Self.windowBytes),
        ]
        return configuration
    }

    private var streamConfiguration: NIOHTTP2Handler.StreamConfiguration {
        var configuration = NIOHTTP2Handler.StreamConfiguration()
        configuration.targetWindowSize = Self.windowBytes
        return configuration
    }
}
