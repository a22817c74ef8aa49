import ArgumentParser

/// Something that is wrong with the shop on purpose, so that a load test has something to find.
enum Fault: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// Orders reads the items of an order one by one.
    case nPlusOne = "n-plus-one"
    /// Payments answers 40 ms later.
    case slowDependency = "slow-dependency"
    /// The index that finds the items of an order is gone.
    case lostIndex = "lost-index"
    /// Orders handles one order at a time, whoever asks.
    case globalLock = "global-lock"
    /// Payments fails one in five first attempts; orders tries again.
    case retries
    /// The frontend asks its three services one after the other.
    case sequentialCalls = "sequential-calls"

    /// The faults named in `text`, separated by commas or spaces.
    static func parse(_ text: String) throws(ValidationError) -> Set<Fault> {
        var faults: Set<Fault> = []
        for name in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
            guard let fault = Fault(rawValue: String(name)) else {
                let known = allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("unknown fault '\(name)' in SHOP_FAULT; there are \(known)")
            }
            faults.insert(fault)
        }
        return faults
    }
}
