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
    }

    private let state = Mutex(State())
    private let terminal: Terminal
    private let isQuiet: Bool
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
        case .load(let progress, let test, let spans):
            // Before the first answers there is nothing to tell.
            if progress.rate == 0, progress.elapsed < .seconds(1) { return }
            let text = ProgressText.load(progress, test: test, spans: spans, width: terminal.columns)
            if terminal.isInteractive { live(text) } else { plain(text) }
        case .draining(let seen, let owed, let spans):
            let text = "waiting for late spans: \(seen) of \(owed) traces seen, \(spans) spans"
            if terminal.isInteractive { live(text) } else { announceDrain(text) }
        case .analysing:
            line("analysing")
        }
    }

    /// Progress of a load without a plan.
    func show(_ progress: LoadProgress) {
        if progress.rate == 0, progress.elapsed < .seconds(1) { return }
        let text = ProgressText.load(progress, width: terminal.columns)
        if terminal.isInteractive { live(text) } else { plain(text) }
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
                "\r\u{1B}[2K" + String(text.prefix(terminal.columns - 1)),
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
