/// Text that is safe to print, to store as SQLite TEXT and to cut: telemetry is hostile input.
package enum PrintableText {
    /// The same text with line breaks and tabs as spaces, and other control characters as U+FFFD.
    ///
    /// Control characters would end C strings early and drive the terminal of whoever reads a report.
    package static func cleaned(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\t", "\n", "\r": scalars.append(" ")
            case _ where isControl(scalar): scalars.append("\u{FFFD}")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    // C0, DEL and C1: the last hold an 8-bit form of the terminal escape.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }
}
