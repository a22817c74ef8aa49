import Analysis
import Reporting

/// The newest p95 of each test in every edition of its module, beside each other.
struct EditionDeltas {
    let editions: [String]
    let rows: [[String: Any]]

    init(_ histories: [RunHistory]) {
        let groups = Dictionary(grouping: histories) { "\($0.moduleID) · \($0.endpoint) · \($0.testType)" }
            .filter { Set($0.value.map(\.editionID)).count > 1 }
        let editions = Set(groups.values.flatMap { $0.map(\.editionID) }).sorted()
        self.editions = editions
        rows = groups.sorted { $0.key < $1.key }.prefix(100).map { name, group in
            let first = editions.lazy.compactMap { edition in
                group.first { $0.editionID == edition }?.entries.last?.p95Milliseconds
            }.first
            return [
                "test": Words.clean(name, limit: 160),
                "cells": editions.enumerated().map { index, edition -> [String: Any] in
                    guard let p95 = group.first(where: { $0.editionID == edition })?.entries.last?.p95Milliseconds
                    else {
                        return ["p95": "–", "change": false, "tone": "none"]
                    }
                    let ratio = first.flatMap { $0 > 0 && index > 0 ? p95 / $0 : nil }
                    return [
                        "p95": Quantity.milliseconds(p95),
                        "change": Quantity.change(ratio) ?? false,
                        "tone": (ratio ?? 1) > 1.1 ? "up" : (ratio ?? 1) < 0.9 ? "down" : "none",
                    ]
                },
            ]
        }
    }
}
