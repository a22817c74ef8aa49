import ArgumentParser
import Glibc
import Runs

/// The `plimsoll` command.
@main
struct Plimsoll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plimsoll",
        abstract: "Run the load, catch every span, name the culprit.",
        discussion: """
            EXAMPLES
              plimsoll init --from api.yaml     a commented project to start from
              plimsoll validate                 the project as it is understood
              plimsoll run                      test the project in perf/ (or here)
              plimsoll run fixtures/shop/perf   test another project
              plimsoll run --ci                 for pipelines: the gate decides
              plimsoll run --json | jq .status  a short verdict for scripts
              plimsoll explain                  how the newest score came about
              plimsoll load URL --rps 100       a first look, without a plan
              plimsoll diagnose --current FILE  explain traces that exist already
              plimsoll check                    is the newest deploy fine?
              plimsoll flamegraph FILES         traces or profiles as a picture
              plimsoll trend                    what no single run can say
              plimsoll report latest            a finished run in another form
              plimsoll baseline list            what the next run is compared with
              plimsoll serve                    stay up beside a system, watch it
              plimsoll deploy --service S --version V  mark a deploy

            COMPLETIONS (bash, zsh or fish)
              plimsoll --generate-completion-script bash \\
                > ~/.local/share/bash-completion/completions/plimsoll

            EXIT CODES
              0 pass or warning   1 the gate failed          2 bad input or usage
              3 not carried out   4 invalid measurement  5 a check cannot tell
              130 interrupted
            """,
        version: PlimsollVersion.current,
        subcommands: [
            InitCommand.self, ValidateCommand.self, RunCommand.self, ExplainCommand.self, LoadCommand.self,
            DiagnoseCommand.self, CheckCommand.self, ReceiveCommand.self, ImportCommand.self,
            BaselineCommand.self, TrendCommand.self, ReportCommand.self, FlamegraphCommand.self,
            ServeCommand.self, DeployCommand.self, TokenCommand.self, RehearseCommand.self,
        ]
    )

    // ArgumentParser exits with 64 for a usage error; the contract says 2.
    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            let code = exitCode(for: error)
            if code == .validationFailure {
                writeLine(fullMessage(for: error), to: STDERR_FILENO)
                Glibc.exit(2)
            }
            exit(withError: error)
        }
    }
}

/// Writes to a file descriptor at once, unbuffered; a closed pipe is nobody's error.
///
/// - Returns: `false` where it could not be written, with `errno` telling why.
@discardableResult
func writeLine(_ text: String, to descriptor: Int32, terminator: String = "\n") -> Bool {
    var bytes = Array((text + terminator).utf8)[...]
    while !bytes.isEmpty {
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else { return errno == EPIPE }
        bytes = bytes.dropFirst(written)
    }
    return true
}

/// Writes what the command was called for; where it cannot be written, nobody may take the silence for a pass.
///
/// - Throws: `RunFailure.notCarriedOut` with the system's reason.
func writeResult(_ text: String, to descriptor: Int32, terminator: String = "\n") throws {
    guard !writeLine(text, to: descriptor, terminator: terminator) else { return }
    throw RunFailure.notCarriedOut("the result could not be written: \(String(cString: strerror(errno)))")
}
