package import Statistics

/// Where the time of a request went, from libcurl's own clock; connection phases only where a connection was opened.
package struct PhaseTimes: Sendable, Hashable, Codable {
    package var dns = LatencyHistogram()
    package var connect = LatencyHistogram()
    package var tls = LatencyHistogram()
    package var wait = LatencyHistogram()
    package var receive = LatencyHistogram()

    package init() {}

    package mutating func merge(_ other: PhaseTimes) {
        dns.merge(other.dns)
        connect.merge(other.connect)
        tls.merge(other.tls)
        wait.merge(other.wait)
        receive.merge(other.receive)
    }
}
