/// Why a file brought no metrics.
package struct MetricFileError: Error, Hashable, CustomStringConvertible {
    package var reason: String

    package var description: String { reason }
}
