extension Duration {
    /// Seconds with at most one decimal, for messages.
    var seconds: String {
        let tenths = (Double(components.seconds) + Double(components.attoseconds) / 1e18) * 10
        let rounded = tenths.rounded() / 10
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}
