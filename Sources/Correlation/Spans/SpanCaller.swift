/// What `SpanContext.caller` holds where no span called.
package enum SpanCaller {
    /// The span names no parent, or is the generator's own.
    package static let nobody: Int32 = -1
    /// The generator's client span: this is a root.
    package static let generator: Int32 = -2
    /// The span names a parent that did not arrive.
    package static let missing: Int32 = -3
}
