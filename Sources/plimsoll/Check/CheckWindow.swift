import ArgumentParser
import Runs

/// A length of time as the files write it: `90s`, `15m`, `1h`.
struct CheckWindow: ExpressibleByArgument, Equatable {
    let seconds: UInt64

    init?(argument: String) {
        let units: [(suffix: String, seconds: UInt64)] = [("s", 1), ("m", 60), ("h", 3_600)]
        guard let unit = units.first(where: { argument.hasSuffix($0.suffix) }),
            let number = UInt64(argument.dropLast()), number <= CheckRequest.windowRange.upperBound / unit.seconds,
            CheckRequest.windowRange.contains(number * unit.seconds)
        else { return nil }
        seconds = number * unit.seconds
    }
}
