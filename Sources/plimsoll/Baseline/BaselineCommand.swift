import ArgumentParser

/// `plimsoll baseline …`: what is remembered of earlier runs.
struct BaselineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline",
        abstract: "Look at, choose, carry and tidy what later runs are compared with.",
        discussion: """
            The baseline of a test is its newest runs that passed (10 at most). Pin a run to end the history there, \
            promote one to begin it there.

            EXAMPLES
              plimsoll baseline list
              plimsoll baseline show latest
              plimsoll baseline promote 20261121-120752-n1
              plimsoll baseline export baselines.jsonl
            """,
        subcommands: [
            BaselineListCommand.self, BaselineShowCommand.self, BaselinePinCommand.self, BaselinePromoteCommand.self,
            BaselineExportCommand.self, BaselineImportCommand.self, BaselinePruneCommand.self,
        ],
        defaultSubcommand: BaselineListCommand.self
    )
}
