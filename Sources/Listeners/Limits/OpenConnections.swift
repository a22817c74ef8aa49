package import NIOCore
import Synchronization

/// The open connections of a port, within its limits.
///
/// A new one finds room always as long as others are idle: the one that has been idle longest is closed, of its own
/// address where that address has too many, of all where the port has. It is refused at once where all of them have a
/// request in flight, so nothing ever waits to be accepted. Safe to use from any thread.
package final class OpenConnections: Sendable {
    fileprivate struct Connection {
        let channel: any Channel
        let peer: String
        /// In flight.
        var requests = 0
        /// By the order in which connections became idle.
        var idleSince: UInt64
    }

    fileprivate struct State {
        var connections: [ObjectIdentifier: Connection] = [:]
        var perPeer: [String: Int] = [:]
        /// Counts up with every connection that becomes idle.
        var turn: UInt64 = 0
    }

    package let limits: ConnectionLimits
    private let counters: ConnectionCounters
    private let state = Mutex(State())

    package init(limits: ConnectionLimits, counters: ConnectionCounters) {
        self.limits = limits.fittingOpenFiles
        self.counters = counters
    }

    /// Takes a connection that was accepted, until it is closed; false where there is no room, and then it is closed.
    package func admit(_ channel: any Channel) -> Bool {
        let id = ObjectIdentifier(channel)
        let peer = channel.remoteAddress?.ipAddress ?? ""
        let (isAdmitted, closed) = state.withLock { state in
            var closed: Connection?
            let peerIsFull = state.perPeer[peer, default: 0] >= limits.connectionsPerPeer
            if peerIsFull || state.connections.count >= limits.connections {
                closed = state.removeIdle(of: peerIsFull ? peer : nil)
                guard closed != nil else { return (false, closed) }
            }
            state.perPeer[peer, default: 0] += 1
            state.turn += 1
            state.connections[id] = Connection(channel: channel, peer: peer, idleSince: state.turn)
            return (true, closed)
        }
        counters.count { counts in
            counts.open += (isAdmitted ? 1 : 0) - (closed == nil ? 0 : 1)
            counts.closedForRoom += closed == nil ? 0 : 1
            counts.refused += isAdmitted ? 0 : 1
        }
        closed?.channel.close(promise: nil)
        if isAdmitted {
            channel.closeFuture.whenComplete { [self] _ in remove(id) }
        } else {
            channel.close(promise: nil)
        }
        return isAdmitted
    }

    /// A request began on a connection, which is not closed for room until all of its requests have ended.
    package func beginRequest(on channel: any Channel) {
        state.withLock { $0.connections[ObjectIdentifier(channel)]?.requests += 1 }
    }

    package func endRequest(on channel: any Channel) {
        let id = ObjectIdentifier(channel)
        state.withLock { state in
            guard var connection = state.connections[id] else { return }
            // An answer to what was no request ends none.
            connection.requests = max(0, connection.requests - 1)
            state.turn += 1
            connection.idleSince = state.turn
            state.connections[id] = connection
        }
    }

    /// Closes what is open, whatever it is doing.
    package func closeAll() {
        let channels = state.withLock { $0.connections.values.map(\.channel) }
        for channel in channels { channel.close(promise: nil) }
    }

    private func remove(_ id: ObjectIdentifier) {
        let isKnown = state.withLock { $0.remove(id) != nil }
        if isKnown { counters.count { $0.open -= 1 } }
    }
}

extension OpenConnections.State {
    /// Takes out the connection that has been idle longest, of one address or of all; `nil` where none is idle.
    ///
    /// Looks at each of them, which is only done where a limit is reached and costs less than to accept.
    fileprivate mutating func removeIdle(of peer: String?) -> OpenConnections.Connection? {
        let idle = connections.lazy.filter { $0.value.requests == 0 && (peer == nil || $0.value.peer == peer) }
        return idle.min { $0.value.idleSince < $1.value.idleSince }.flatMap { remove($0.key) }
    }

    fileprivate mutating func remove(_ id: ObjectIdentifier) -> OpenConnections.Connection? {
        guard let connection = connections.removeValue(forKey: id) else { return nil }
        let left = perPeer[connection.peer, default: 1] - 1
        perPeer[connection.peer] = left > 0 ? left : nil
        return connection
    }
}
