import Analysis
import Telemetry
import TestSupport

extension PlantedFault {
    /// A catalog that is slower than in the baseline, beside a metric that says why.
    private static func short(
        _ id: String,
        _ kind: ResourceSeries.Kind,
        _ value: @escaping @Sendable (Double) -> Double
    ) -> PlantedFault {
        PlantedFault(
            id: id,
            requests: 240,
            rate: 20,
            shop: { strength in
                var shop = PlantedShop()
                shop.catalog = { span, _ in
                    PlantedShop.catalog(span)
                    span.work(ms(25, strength), jitter: 0.3)
                }
                return shop
            },
            resources: { run, strength in
                let load = run.load.tests[0]
                let points = stride(from: load.measuredFrom, to: load.endedAt, by: 1_000_000_000).map {
                    ResourceSeries.Point(time: $0, value: value(strength))
                }
                return [ResourceSeries(service: "catalog", kind: kind, points: points)]
            }
        )
    }

    static let resource: [PlantedFault] = [
        short("F25", .cpu) { 0.85 + 0.12 * $0 },
        short("F26", .garbageCollection) { 0.25 * $0 },
        short("F27", .memory) { 0.87 + 0.1 * $0 },
        short("F28", .disk) { 0.86 + 0.12 * $0 },
        PlantedFault(
            id: "F29",
            requests: 600,
            rate: 10,
            hasBaseline: false,
            shop: { strength in
                var shop = PlantedShop()
                shop.catalog = { span, index in
                    PlantedShop.catalog(span)
                    if index / 10 % 8 == 3 { span.work(ms(80, strength), jitter: 0.3) }
                }
                return shop
            }
        ),
    ]
}
