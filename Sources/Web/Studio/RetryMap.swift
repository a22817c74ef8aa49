import Analysis
import Baselines

/// How often each test was repeated, and with which strategy.
struct RetryMap {
    let strategies: [String]
    let rows: [[String: Any]]

    init(_ retries: [StoredRetry]) {
        var counts: [String: [String: (all: Int, recovered: Int)]] = [:]
        for record in retries.lazy.flatMap(\.history.records) {
            counts[record.step.test, default: [:]][record.step.strategyName, default: (0, 0)].all += 1
            if !record.status.asksForRetry {
                counts[record.step.test]?[record.step.strategyName]?.recovered += 1
            }
        }
        let known = Set(counts.values.flatMap(\.keys)).sorted()
        strategies = known
        rows = counts.sorted { $0.key < $1.key }.prefix(100).map { test, cells in
            [
                "test": Words.clean(test, limit: 120),
                "cells": known.map { strategy -> [String: Any] in
                    guard let cell = cells[strategy] else { return ["heat": "0", "text": "–"] }
                    return [
                        "heat": cell.all >= 6 ? "3" : cell.all >= 3 ? "2" : "1",
                        "text": "\(cell.all), \(cell.recovered) recovered",
                    ]
                },
            ]
        }
    }
}
