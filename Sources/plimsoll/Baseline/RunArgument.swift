import ArgumentParser
import Baselines

/// A run named on the command line: its id, the beginning of one, or `latest`.
struct RunArgument: ParsableArguments {
    @Argument(help: "Run id, its beginning, or `latest`.")
    var run: String

    func resolve(in store: BaselineStore) async throws -> String {
        try await RunArgument.resolve(run, in: store)
    }

    /// - Throws: `CommandFailure` when no run, or more than one, is meant.
    static func resolve(_ run: String, in store: BaselineStore) async throws -> String {
        if run == "latest" {
            guard let newest = try await store.runs(limit: 1).first else {
                throw CommandFailure("the store holds no run yet")
            }
            return newest.id
        }
        let found = try await store.runIDs(beginningWith: run)
        if found.contains(run) { return run }
        guard let only = found.first else {
            throw CommandFailure("no run begins with \"\(run)\"; `plimsoll baseline list --runs` shows them")
        }
        guard found.count == 1 else {
            throw CommandFailure("\"\(run)\" may be any of \(found.joined(separator: ", ")): give more of the id")
        }
        return only
    }
}
