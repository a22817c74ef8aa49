import Analysis
import ArgumentParser

/// A promise as people write it: `99.9` for every service, `orders=99.5` for one.
struct ObjectiveOption: ExpressibleByArgument, Equatable {
    /// `nil` for all that have none of their own.
    let service: String?
    /// 0...1.
    let target: Double

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let number = parts.last.flatMap({ Double($0) }), number > 0, number < 100 else { return nil }
        if parts.count == 2, parts[0].isEmpty { return nil }
        service = parts.count == 2 ? String(parts[0]) : nil
        target = number / 100
    }

    static func objectives(_ options: [ObjectiveOption]) -> ServiceObjectives {
        var objectives = ServiceObjectives()
        for option in options {
            if let service = option.service {
                objectives.targets[service] = option.target
            } else {
                objectives.standard = option.target
            }
        }
        return objectives
    }
}
