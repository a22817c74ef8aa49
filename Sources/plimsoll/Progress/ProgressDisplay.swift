import Foundation
import LoadGeneration
import Plans
import Runs
import Synchronization

/// Live progress: one line that rewrites itself on a terminal, a plain line now and then elsewhere.
///
/// Events come from any thread; the state is the text that stands on the terminal now.
final class ProgressDisplay: Sendable {
    private struct State {
        var hasLiveLine = false
        var lastPlainLine: ContinuousClock.Instant?
        var announcedDrain = false
        /// Answered by each test so far.
        var answered: [Int: UInt64] = [:]
        /// Of the test under way, a bar a second.
        var latency = Sparkline()
        var second: (test: Int, number: Int64)?
    }

    private let state = Mutex(State())
    private let terminal: Terminal
    private let isQuiet: Bool
    /// A log may have lines as long as they come.
    private static let plainWidth = 200
    // Often enough to follow in a CI log, seldom enough not to fill it.
    private static let plainInterval = Duration.seconds(5)

    init(terminal: Terminal, isQuiet: Bool) {
        self.terminal = terminal
        self.isQuiet = isQuiet
    }

    func show(_ event: RunEvent) {
        switch event {
        case .started(let runID, let plan):
            line("plimsoll run \(runID): \(plan.moduleID) at \(plan.target.baseURL)")
        case .notice(let text):
            notice(text)
        case .startingTarget(let command, let healthURL):
            // A start script of several lines is one line here.
            let words = command.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            line("starting the target: \(words.joined(separator: "; ")), waiting for \(healthURL)")
        case .targetHealthy(let duration):
            line("target is healthy after \(ProgressText.seconds(duration))")
        case .load(let progress, let test, let spans, let roots):
            guard Self.isWorthTelling(progress) else { return }
            let (latency, answered) = noted(progress)
            let coverage = answered > 0 ? min(1, Double(roots) / Double(answered)) : nil
            let traces = ProgressText.Traces(spans: spans, coverage: coverage)
            show(ProgressText.load(progress, test: test, traces: traces, latency: latency, width: width))
        case .draining(let seen, let owed, let spans):
            let share = owed > 0 ? ", coverage \(Int(100 * min(1, Double(seen) / Double(owed)))) %" : ""
            let text = "waiting for late spans: \(seen) of \(owed) traces seen\(share), \(spans) spans"
            if terminal.isInteractive { live(text) } else { announceDrain(text) }
        case .analysing:
            line("analysing")
        }
    }

    /// Progress of a load without a plan.
    func show(_ progress: LoadProgress) {
        guard Self.isWorthTelling(progress) else { return }
        show(ProgressText.load(progress, latency: noted(progress).latency, width: width))
    }

    /// A rate over less than a second is chance.
    private static func isWorthTelling(_ progress: LoadProgress) -> Bool { progress.elapsed >= .seconds(1) }

    private func show(_ text: String) {
        if terminal.isInteractive { live(text) } else { plain(text) }
    }

    /// The last column stays free: some terminals go to the next line when it is written.
    private var width: Int { terminal.isInteractive ? terminal.columns - 1 : Self.plainWidth }

    /// The picture of the last seconds, and what all tests together have been answered.
    private func noted(_ progress: LoadProgress) -> (latency: String, answered: UInt64) {
        state.withLock { state in
            state.answered[progress.test] = progress.answered
            if state.second?.test != progress.test { state.latency = Sparkline() }
            let second = (test: progress.test, number: progress.elapsed.components.seconds)
            if state.second.map({ $0 != second }) ?? true, progress.p95Milliseconds > 0 {
                state.second = second
                state.latency.append(progress.p95Milliseconds)
            }
            let answered = state.answered.values.reduce(0, +)
            return (terminal.isInteractive && terminal.hasUnicode ? state.latency.text : "", answered)
        }
    }

    /// Words for a person that must not be lost in the live line.
    func notice(_ text: String) {
        line(text)
    }

    /// Leaves the cursor on a line of its own.
    func finish() {
        state.withLock { clearLiveLine(&$0) }
    }

    private func line(_ text: String) {
        guard !isQuiet else { return }
        state.withLock { state in
            clearLiveLine(&state)
            writeLine(text, to: terminal.descriptor)
        }
    }

    private func live(_ text: String) {
        guard !isQuiet else { return }
        state.withLock { state in
            state.hasLiveLine = true
            writeLine(
                "\r\u{1B}[2K" + String(text.prefix(max(0, terminal.columns - 1))),
                to: terminal.descriptor,
                terminator: ""
            )
        }
    }

    private func plain(_ text: String) {
        guard !isQuiet else { return }
        state.withLock { state in
            let now = ContinuousClock.now
            if let last = state.lastPlainLine, now - last < ProgressDisplay.plainInterval { return }
            state.lastPlainLine = now
            writeLine(text, to: terminal.descriptor)
        }
    }

    private func announceDrain(_ text: String) {
        guard !isQuiet else { return }
        state.withLock { state in
            if state.announcedDrain { return }
            state.announcedDrain = true
            writeLine(text, to: terminal.descriptor)
        }
    }

    private func clearLiveLine(_ state: inout State) {
        guard state.hasLiveLine else { return }
        state.hasLiveLine = false
        writeLine("\r\u{1B}[2K", to: terminal.descriptor, terminator: "")
    }
}
