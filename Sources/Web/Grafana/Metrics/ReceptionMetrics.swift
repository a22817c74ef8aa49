import Collectors
import Correlation
import Runs

/// What was received, what became of it, and how the store keeps up.
enum ReceptionMetrics {
    static func families(
        _ counters: ReceiverCounters.Snapshot,
        _ progress: WatchProgress,
        _ lookups: TraceLookups.Counts
    ) -> [MetricFamily] {
        received(counters, progress) + kept(progress, lookups)
    }

    private static func received(
        _ counters: ReceiverCounters.Snapshot,
        _ progress: WatchProgress
    ) -> [MetricFamily] {
        [
            MetricFamily(
                "plimsoll_build",
                .info,
                "The version that runs.",
                [
                    MetricSample(1, ["version": PlimsollVersion.current])
                ]
            ),
            MetricFamily(
                "plimsoll_otlp_requests",
                .counter,
                "Export requests that were taken.",
                Double(counters.requests)
            ),
            MetricFamily(
                "plimsoll_otlp_refused_requests",
                .counter,
                "Export requests that were refused, by reason.",
                RefusalReason.allCases.map {
                    MetricSample(Double(counters.refused[$0] ?? 0), ["reason": $0.rawValue])
                }
            ),
            MetricFamily(
                "plimsoll_decode_failures",
                .counter,
                "Export requests that could not be decoded.",
                Double(counters.refused[.malformed] ?? 0)
            ),
            MetricFamily(
                "plimsoll_received_spans",
                .counter,
                "Spans that came in requests that were taken, by what became of them.",
                [
                    MetricSample(Double(counters.acceptedSpans), ["result": "accepted"]),
                    MetricSample(Double(counters.rejectedSpans), ["result": "rejected"]),
                    MetricSample(Double(counters.droppedSpans), ["result": "dropped"]),
                ]
            ),
            MetricFamily(
                "plimsoll_late_spans",
                .counter,
                "Accepted spans that came when their window was closed already.",
                Double(progress.lateSpans)
            ),
            MetricFamily(
                "plimsoll_duplicate_spans",
                .counter,
                "Accepted spans that were there already.",
                Double(progress.duplicateSpans)
            ),
            MetricFamily(
                "plimsoll_received_wire_bytes",
                .counter,
                "Bodies of export requests as they came.",
                Double(counters.wireBytes)
            ),
            MetricFamily(
                "plimsoll_received_decoded_bytes",
                .counter,
                "Bodies of export requests after decompression.",
                Double(counters.decodedBytes)
            ),
        ]
    }

    private static func kept(_ progress: WatchProgress, _ lookups: TraceLookups.Counts) -> [MetricFamily] {
        var families = [
            MetricFamily(
                "plimsoll_pending_spans_bytes",
                .gauge,
                "Spans in memory whose window is not closed.",
                Double(progress.pendingBytes)
            ),
            MetricFamily(
                "plimsoll_recent_traces",
                .gauge,
                "Whole traces in memory.",
                Double(progress.recentTraces)
            ),
            MetricFamily(
                "plimsoll_stored_windows",
                .counter,
                "Windows that were closed and stored.",
                Double(progress.storedWindows)
            ),
            MetricFamily(
                "plimsoll_lost_windows",
                .counter,
                "Windows that could not be stored.",
                Double(progress.lostWindows)
            ),
            MetricFamily(
                "plimsoll_waiting_windows",
                .gauge,
                "Closed windows that wait to be stored.",
                Double(progress.waitingWindows)
            ),
            MetricFamily(
                "plimsoll_store_write_failures",
                .counter,
                "Attempts to store a window that failed; it is tried again.",
                Double(progress.failedCommits)
            ),
            MetricFamily(
                "plimsoll_store_commit_seconds",
                "Durations of the transactions that stored windows.",
                total: progress.commitTime,
                count: progress.storedWindows
            ),
            MetricFamily(
                "plimsoll_window_visible_delay_seconds",
                "From the end of windows until they were in the store.",
                total: progress.commitDelay,
                count: progress.storedWindows
            ),
            MetricFamily("plimsoll_store_bytes", .gauge, "Size of the store's file.", Double(progress.storeBytes)),
            MetricFamily(
                "plimsoll_trace_lookups",
                .counter,
                "Traces asked for by id, as exemplars are, by whether there was one.",
                [
                    MetricSample(Double(lookups.hits), ["result": "hit"]),
                    MetricSample(Double(lookups.misses), ["result": "miss"]),
                ]
            ),
        ]
        if let window = progress.lastWindow {
            families.append(
                MetricFamily(
                    "plimsoll_last_window_timestamp_seconds",
                    .gauge,
                    "Unix time at which the newest closed window began.",
                    Double(window.start) / 1e9
                )
            )
        }
        return families
    }
}
