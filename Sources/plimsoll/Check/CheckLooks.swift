import ArgumentParser

/// When a deploy is looked at after it: `5m,15m,30m,60m`.
struct CheckLooks: ExpressibleByArgument, Equatable, CustomStringConvertible {
    /// More would spend more chance than the level of a look allows for.
    private static let most = 4

    static let standard = CheckLooks([300, 900, 1_800, 3_600])

    /// Ascending.
    let nanoseconds: [UInt64]
    private let seconds: [UInt64]

    private init(_ seconds: [UInt64]) {
        self.seconds = seconds
        nanoseconds = seconds.map { $0 * 1_000_000_000 }
    }

    init?(argument: String) {
        let words = argument.split(separator: ",", omittingEmptySubsequences: false)
        let lengths = words.compactMap { CheckWindow(argument: String($0)) }.map(\.seconds)
        guard lengths.count == words.count, (1...CheckLooks.most).contains(lengths.count),
            zip(lengths, lengths.dropFirst()).allSatisfy({ $0 < $1 })
        else { return nil }
        self.init(lengths)
    }

    var description: String {
        seconds.map { $0.isMultiple(of: 60) ? "\($0 / 60)m" : "\($0)s" }.joined(separator: ",")
    }

    var defaultValueDescription: String { description }
}
