extension String {
    /// At most `limit` bytes, cut where a character ends.
    package func prefix(utf8 limit: Int) -> String {
        guard utf8.count > limit else { return String(self) }
        var end = utf8.index(utf8.startIndex, offsetBy: limit)
        while String.Index(end, within: self) == nil, end > utf8.startIndex { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
