import Foundation

/// Words as a shell wants them, so that a command can be copied out of a report.
enum ShellWord {
    /// The command that is running.
    static var commandLine: String { CommandLine.arguments.map(quoted).joined(separator: " ") }

    static func quoted(_ word: String) -> String {
        let isPlain = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_./=:@%+,".contains($0) }
        return isPlain ? word : "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}
