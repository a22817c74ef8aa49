import DeployStudies
import Glibc

/// `eval-check [systems a cell]`: the evaluation of `plimsoll check`, for `scripts/eval-check`.
@main
enum EvalCheck {
    static func main() {
        let systems = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 5
        exit(DeployEvaluation(systems: systems).run() ? 0 : 1)
    }
}
