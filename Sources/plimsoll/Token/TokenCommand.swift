import ArgumentParser

/// `plimsoll token …`.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Access to the service: tokens and what they allow.",
        subcommands: [TokenCreateCommand.self]
    )
}
