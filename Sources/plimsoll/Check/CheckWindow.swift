import ArgumentParser

/// A length of time as the files write it: `90s`, `15m`, `1h`.
struct CheckWindow: ExpressibleByArgument, Equatable {
    let nanoseconds: UInt64

    init?(argument: String) {
        let units: [(suffix: String, seconds: UInt64)] = [("s", 1), ("m", 60), ("h", 3_600)]
        guard let unit = units.first(where: { argument.hasSuffix($0.suffix) }),
            let number = UInt64(argument.dropLast()), number > 0, number <= 86_400 / unit.seconds,
            number * unit.seconds >= 40
        else { return nil }
        nanoseconds = number * unit.seconds * 1_000_000_000
    }
}
