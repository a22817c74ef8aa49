/// Something of which a comparison asks whether it has changed, once for each of its quantities.
protocol HypothesisSource {
    /// Tells the noise floors what it knows of its own noise.
    func contribute(to floors: inout NoiseFloors)

    /// Tests everything against the floors; gives the hypotheses in the order `accept` wants them back.
    mutating func hypotheses(floors: inout NoiseFloors) -> [Hypothesis]

    /// Takes back the adjusted hypotheses.
    mutating func accept(_ hypotheses: some Sequence<Hypothesis>)
}

extension Array where Element: HypothesisSource {
    /// Tests all of a comparison together: one noise floor, one Benjamini-Hochberg procedure.
    mutating func test(settings: ComparisonSettings) {
        var floors = NoiseFloors(settings: settings)
        for source in self { source.contribute(to: &floors) }
        var hypotheses: [Hypothesis] = []
        var ranges: [Range<Int>] = []
        for index in indices {
            let start = hypotheses.count
            hypotheses += self[index].hypotheses(floors: &floors)
            ranges.append(start..<hypotheses.count)
        }
        Hypothesis.adjust(&hypotheses)
        for index in indices { self[index].accept(hypotheses[ranges[index]]) }
    }
}
