import Plans

/// What a test sends, in a few words: `100/s for 5m`.
struct LoadText {
    let text: String

    init(_ definition: TestDefinition) {
        let time = LoadText.time(definition.duration)
        let peak = LoadText.number(definition.rate.stages.map { max($0.from, $0.to) }.max() ?? 0)
        switch definition.procedure {
        case .users(let settings):
            let (least, most) = (settings.users.first ?? 1, settings.users.last ?? 1)
            text = "\(least) to \(most) users, \(time)"
        case .search(let search): text = "from \(LoadText.number(search.startRate))/s up, \(time)"
        case .sizes(let settings): text = "\(peak)/s, \(settings.sizes.count) sizes, \(time)"
        case .schedule:
            text =
                definition.rate.replay.isEmpty
                ? "\(peak)/s, \(time)" : "\(definition.rate.replay.count) replayed, \(time)"
        }
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && value < 1e15 ? "\(Int64(value))" : "\(value)"
    }

    private static func time(_ duration: Duration) -> String {
        let seconds = duration / .seconds(1)
        if seconds < 60 { return "\(number((seconds * 1000).rounded() / 1000)) s" }
        let minutes = Int(seconds) / 60
        let rest = Int(seconds) % 60
        return rest == 0 ? "\(minutes) min" : "\(minutes) min \(rest) s"
    }
}
