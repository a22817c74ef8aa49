/// What `Reception` listens on and how much it keeps.
package struct ReceptionSettings: Sendable {
    /// 0 takes a free port.
    package var httpPort = 4318
    package var grpcPort = 4317
    /// For the columns of all kept spans.
    package var storeBytes = 256 << 20

    package init() {}
}
