import CLibcurl
import Glibc

/// Ends the wait of a `TransferLoop` from any thread.
package final class LoopWaker: Sendable {
    let descriptor: Int32

    package init() throws(CurlError) {
        descriptor = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        guard descriptor >= 0 else {
            throw CurlError(.exhausted, "cannot make a wake-up descriptor: \(String(cString: strerror(errno)))")
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Safe from any thread, any number of times; one wait ends.
    package func wake() {
        var one: UInt64 = 1
        // A full counter means that a wake-up is pending already.
        _ = write(descriptor, &one, 8)
    }

    func reset() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, 8)
    }
}
