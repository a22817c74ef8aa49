import Analysis
import Foundation
import Plans
import Reporting

/// The runs that one command asks for: one an edition, one after another, each compared with the first.
///
/// Most projects have one edition, and then this is that edition's `RepeatedRun` and nothing else.
package struct EditionRuns: Sendable {
    private let directory: String
    private let editions: [(id: String, run: RepeatedRun)]
    private let warnings: [PlanDiagnostic]
    private let interruption: RunInterruption
    private let onEvent: @Sendable (RunEvent) -> Void

    /// Reads the project, and validates every edition before the first of them is run.
    ///
    /// - Parameters:
    ///   - settings: what the command line says.
    ///   - interruption: Ctrl-C; ends the edition under way, and those after it are not begun.
    ///   - onEvent: told of the progress, from any thread.
    /// - Throws: `RunFailure.badInput` or `.badOption`; `.notCarriedOut` where the machine allows too few open files.
    package init(
        settings: RunSettings,
        interruption: RunInterruption,
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) throws(RunFailure) {
        var project: Project
        do {
            project = try ProjectLoader(environment: settings.environment).load(settings.project)
        } catch {
            throw RunFailure.badInput(error)
        }
        project.plan.gate = settings.gate.applied(to: project.plan.gate)
        if let retries = settings.retries { project.plan.retry.limit = retries }
        let planned = project.plan.gate.coversAllEditions ? project.knownEditions : project.plan.editionIDs
        let ids = settings.editions.isEmpty ? planned : settings.editions
        var random = SystemRandomNumberGenerator()
        let id = RunID(startedAt: Date(), random: random.next())
        let directory = settings.output ?? "plimsoll-out/\(id.text)"
        var editions: [(id: String, run: RepeatedRun)] = []
        for id in ids {
            var settings = settings
            // A run alone names its folder after itself.
            if ids.count > 1, !directory.isEmpty { settings.output = directory + "/" + id }
            let run = try RepeatedRun(
                project: try EditionRuns.edition(id, of: project),
                settings: settings,
                interruption: interruption,
                onEvent: onEvent
            )
            editions.append((id, run))
        }
        self.directory = directory
        self.editions = editions
        self.warnings = project.warnings
        self.interruption = interruption
        self.onEvent = onEvent
    }

    /// Runs them; a run that could not be carried out does not keep the others from theirs.
    package func execute() async -> EditionOutcomes {
        for warning in warnings { onEvent(.notice(warning.description)) }
        var outcomes: [EditionOutcome] = []
        for (id, run) in editions where outcomes.isEmpty || !interruption.isRequested {
            let first = outcomes.first?.report
            let result: Result<RunOutcome, RunFailure>
            do {
                result = .success(try await run.execute(beside: first))
            } catch let failure as RunFailure {
                result = .failure(failure)
            } catch {
                result = .failure(.notCarriedOut("\(error)"))
            }
            outcomes.append(EditionOutcome(edition: id, result: result))
        }
        var ended = EditionOutcomes(outcomes, directory: directory)
        guard editions.count > 1 else { return ended }
        for (id, _) in editions.dropFirst(outcomes.count) { onEvent(.notice("the edition \(id) was not run")) }
        do {
            try ArtifactWriter(directory: directory).write([ended.table.artifact])
        } catch {
            ended.artifactsFailure = "the artifacts could not be written: \(error)"
        }
        return ended
    }

    private static func edition(_ id: String, of project: Project) throws(RunFailure) -> Project {
        let known = project.knownEditions
        guard known.contains(id) else {
            throw .badOption("--edition \(id): there is no such edition; known: \(known.joined(separator: ", "))")
        }
        let edition = project.edition(id)
        guard !edition.plan.tests.isEmpty else {
            throw .badOption("--edition \(id): no test of the plan runs in this edition")
        }
        return edition
    }
}
