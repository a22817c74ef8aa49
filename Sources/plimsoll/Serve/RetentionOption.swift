import ArgumentParser

/// A stretch of time as people write it: `14d`, `36h`, `90m`.
struct RetentionOption: ExpressibleByArgument, Equatable {
    let duration: Duration
    let text: String

    private static let seconds: [Character: Int] = ["m": 60, "h": 3_600, "d": 86_400]
    /// Ten years: beyond it a typing error is likelier than a wish.
    private static let longest = 3_650 * 86_400

    static let twoWeeks = RetentionOption(duration: .seconds(14 * 86_400), text: "14d")

    private init(duration: Duration, text: String) {
        self.duration = duration
        self.text = text
    }

    init?(argument: String) {
        guard let unit = argument.last, let seconds = RetentionOption.seconds[unit],
            let number = Int(argument.dropLast()), number > 0,
            number <= RetentionOption.longest / seconds
        else { return nil }
        duration = .seconds(number * seconds)
        text = argument
    }

    var defaultValueDescription: String { text }
}
