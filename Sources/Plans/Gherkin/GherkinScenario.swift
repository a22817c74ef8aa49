/// One scenario of a `.feature` file, with the steps of its background in front.
struct GherkinScenario: Hashable {
    var name: String
    /// Its own and its feature's, without `@`, in the order of the file.
    var tags: [String] = []
    var steps: [GherkinStep] = []
    /// Of an outline: the rows that its `<names>` stand for, column names first; empty for a plain scenario.
    var examples: [[String]] = []
    /// Line of its heading, from 1.
    var line: Int
}
