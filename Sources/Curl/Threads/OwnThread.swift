import CLibcurl
import Glibc

/// Runs blocking work on a thread of its own, away from Swift's small cooperative pool.
package enum OwnThread {
    // Between a desktop's urgent threads and those that may never be late.
    private static let urgentNice: Int32 = -10

    /// Starts a thread and does not wait for it.
    ///
    /// The system shows 15 bytes of the name. An urgent thread goes before others of the machine where the process may
    /// ask for that (as root, or with `CAP_SYS_NICE`); elsewhere it is like any other. Throws `exhausted` when there is
    /// no thread left.
    package static func start(
        named name: String,
        isUrgent: Bool = false,
        _ body: @escaping @Sendable () -> Void
    ) throws(CurlError) {
        let work = Unmanaged.passRetained(Work(name: name, isUrgent: isUrgent, body: body))
        var thread = pthread_t()
        let code = pthread_create(
            &thread,
            nil,
            { context in
                guard let context else { return nil }
                let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
                _ = clibcurl_set_thread_name(work.name)
                // The kernel may otherwise end a sleep 50 microseconds late.
                _ = clibcurl_set_timer_slack(1)
                if work.isUrgent { _ = clibcurl_set_thread_nice(OwnThread.urgentNice) }
                work.body()
                return nil
            },
            work.toOpaque()
        )
        guard code == 0 else {
            work.release()
            throw CurlError(.exhausted, "cannot start a thread: \(String(cString: strerror(code)))")
        }
        pthread_detach(thread)
    }

    /// Runs `body` on a new thread and waits for its value.
    package static func run<Value: Sendable>(
        named name: String,
        isUrgent: Bool = false,
        _ body: @escaping @Sendable () -> Result<Value, CurlError>
    ) async throws(CurlError) -> Value {
        let result: Result<Value, CurlError> = await withCheckedContinuation { continuation in
            do throws(CurlError) {
                try start(named: name, isUrgent: isUrgent) { continuation.resume(returning: body()) }
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
        return try result.get()
    }

    private final class Work {
        let name: String
        let isUrgent: Bool
        let body: @Sendable () -> Void

        init(name: String, isUrgent: Bool, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.isUrgent = isUrgent
            self.body = body
        }
    }
}
