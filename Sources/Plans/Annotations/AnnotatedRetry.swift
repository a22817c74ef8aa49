/// What a person wants a repetition to change; `nil` leaves it as the plan has it.
package struct AnnotatedRetry: Sendable, Hashable {
    package var rate: Double?
    package var duration: Duration?
    package var warmup: Duration?

    package init() {}
}
