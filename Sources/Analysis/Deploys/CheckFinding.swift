package import Telemetry

/// One thing that is wrong since a deploy.
package struct CheckFinding: Sendable, Hashable, Codable {
    /// What became worse.
    package enum Signal: String, Sendable, Hashable, Codable, CaseIterable {
        /// More requests above what used to be the 95th percentile.
        case tail
        /// All requests, by the mean of the logarithm.
        case location
        case errorRate
        /// A class of error that the last ten deployments did not have.
        case newError
        /// Calls for each request that enters.
        case calls
        /// An operation that is no longer called.
        case vanished
        /// An error budget that burns too fast.
        case burnRate
    }

    /// Whether it stayed.
    package enum Persistence: String, Sendable, Hashable, Codable, CaseIterable {
        case lasting, transient, tooEarly
    }

    /// What part a finding plays in the whole.
    package enum Role: String, Sendable, Hashable, Codable, CaseIterable {
        /// Wrong by itself.
        case cause
        /// Wrong because of something that it calls.
        case impacted
        /// Work that moved here from elsewhere, while the requests take as long as before.
        case costShift
        /// Worth knowing, and no reason to call the deploy anomalous.
        case informational
    }

    package var id: String
    package var signal: Signal
    package var operation: OperationKey
    /// A plain sentence with the numbers in it.
    package var sentence: String
    /// Milliseconds for `tail` and `location`, a share of requests for errors, a number a request for calls.
    package var before: Double
    package var after: Double
    /// `after / before`; `nil` where there was nothing before.
    package var ratio: Double?
    /// 95 % interval of the ratio; `nil` where it has none.
    package var interval: ClosedRange<Double>?
    /// After Benjamini-Hochberg over everything that was compared; `nil` where nothing was tested.
    package var q: Double?
    /// That the change is real and of practical size, 0...1.
    package var confidence: Double
    package var persistence: Persistence
    package var role: Role
    package var exemplarTraceIDs: [TraceID]

    package init(
        id: String,
        signal: Signal,
        operation: OperationKey,
        sentence: String,
        before: Double,
        after: Double,
        ratio: Double? = nil,
        interval: ClosedRange<Double>? = nil,
        q: Double? = nil,
        confidence: Double,
        persistence: Persistence,
        role: Role = .cause,
        exemplarTraceIDs: [TraceID] = []
    ) {
        self.id = id
        self.signal = signal
        self.operation = operation
        self.sentence = sentence
        self.before = before
        self.after = after
        self.ratio = ratio
        self.interval = interval
        self.q = q
        self.confidence = confidence
        self.persistence = persistence
        self.role = role
        self.exemplarTraceIDs = exemplarTraceIDs
    }
}
