/// Answers "who": operations ranked by the evidence against them.
package struct CulpritRanking {
    package static func rank(_ findings: [Finding], in run: ComparedRun) -> [Culprit] {
        []
    }
}
