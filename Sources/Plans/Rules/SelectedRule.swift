/// One rule of an input file, for whatever its selector matches.
package protocol SelectedRule {
    var selector: RuleSelector { get }
}

extension Sequence where Element: SelectedRule {
    /// The rules that apply to a test, most specific first; of equally specific ones the later.
    package func applying(to test: TestDefinition, in plan: TestPlan) -> [Element] {
        enumerated()
            .filter { $0.element.selector.matches(test, in: plan) }
            .sorted {
                ($0.element.selector.specificity, $0.offset) > ($1.element.selector.specificity, $1.offset)
            }
            .map(\.element)
    }
}
