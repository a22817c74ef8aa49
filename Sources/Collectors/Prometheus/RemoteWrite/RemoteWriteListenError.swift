/// Remote write cannot be received on this port.
package struct RemoteWriteListenError: Error, Hashable, CustomStringConvertible {
    package var port: Int
    package var reason: String

    package var description: String {
        "no remote write can be received on 127.0.0.1:\(port) (\(reason)): choose another prometheus.remoteWrite.port in "
            + "observability.config.yaml"
    }
}
