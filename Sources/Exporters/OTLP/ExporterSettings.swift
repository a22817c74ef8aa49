/// How an `OTLPExporter` batches, waits and gives up.
package struct ExporterSettings: Sendable, Hashable {
    /// Spans that may wait; what comes on top is dropped and counted.
    package var queueLimit: Int
    /// Spans in one request at most; a full batch is sent at once.
    package var batchSize: Int
    /// How long a smaller batch may wait.
    package var flushInterval: Duration
    /// Of one request, connecting included.
    package var requestTimeout: Duration
    /// Requests for one batch, the first included.
    package var attempts: Int
    /// Before the second attempt; doubles with each further one.
    package var firstBackoff: Duration
    /// The longest wait between attempts, also when the receiver asks for more.
    package var longestBackoff: Duration
    /// What `shutdown()` may take at most.
    package var shutdownTimeout: Duration

    package init(
        queueLimit: Int = 20_000,
        batchSize: Int = 512,
        flushInterval: Duration = .milliseconds(200),
        requestTimeout: Duration = .seconds(5),
        attempts: Int = 5,
        firstBackoff: Duration = .milliseconds(100),
        longestBackoff: Duration = .seconds(2),
        shutdownTimeout: Duration = .seconds(3)
    ) {
        self.queueLimit = max(1, queueLimit)
        self.batchSize = max(1, batchSize)
        self.flushInterval = flushInterval
        self.requestTimeout = requestTimeout
        self.attempts = max(1, attempts)
        self.firstBackoff = firstBackoff
        self.longestBackoff = longestBackoff
        self.shutdownTimeout = shutdownTimeout
    }
}
