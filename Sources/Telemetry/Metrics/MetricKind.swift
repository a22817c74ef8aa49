/// How the values of a series relate to one another.
package enum MetricKind: String, Sendable, Codable {
    case counter, gauge, histogram, summary, unknown
}
