import Telemetry
import TestSupport

extension PlantedFault {
    private static func shop(
        _ change: @escaping @Sendable (inout PlantedShop, Double) -> Void
    ) -> @Sendable (Double) -> PlantedShop {
        { strength in
            var shop = PlantedShop()
            change(&shop, strength)
            return shop
        }
    }

    static let errors: [PlantedFault] = [
        PlantedFault(
            id: "F36",
            shop: shop { shop, strength in
                shop.catalog = { span, index in
                    PlantedShop.catalog(span)
                    if Double(index * 29 % 100) < 20 * strength { span.fail("IOError") }
                }
            }
        ),
        PlantedFault(
            id: "F37",
            hasBaseline: false,
            shop: shop { shop, strength in
                shop.last = { span, index in
                    guard Double(index % 100) < 30 * strength else { return }
                    span.call("ads", "GET /ads", client: "GET ads", error: "503") {
                        $0.work(ms(40), jitter: 0.2)
                        $0.fail("503")
                    }
                }
            }
        ),
    ]

    static let trust: [PlantedFault] = [
        PlantedFault(
            id: "F38",
            hasBaseline: false,
            shop: shop { shop, strength in
                shop.orders = { span, index in
                    PlantedShop.orders(span)
                    span.isLost = Double(index % 100) < 40 * strength
                }
            }
        ),
        PlantedFault(
            id: "F39",
            hasBaseline: false,
            shop: shop { shop, strength in shop.last = { span, _ in span.work(ms(400, strength), jitter: 0.2) } }
        ),
        PlantedFault(
            id: "F40",
            hasBaseline: false,
            shop: { _ in PlantedShop() },
            arriving: { run, strength in
                run.spans.shiftingTimes { row in
                    let service = run.vocabulary.operation(run.spans.operation[row]).service
                    return service == "catalog" ? Int64(150_000_000 * strength) : 0
                }
            }
        ),
        PlantedFault(
            id: "F41",
            hasBaseline: false,
            shop: shop { shop, strength in shop.outside = { _ in ms(50, strength) } }
        ),
        PlantedFault(
            id: "F42",
            hasBaseline: false,
            shop: shop { shop, strength in shop.isSilent = { Double($0 * 23 % 100) < 60 * strength } }
        ),
        PlantedFault(
            id: "F43",
            hasBaseline: false,
            shop: { _ in PlantedShop() },
            arriving: { run, strength in
                var spans = run.spans
                let copies = spans.indices.filter { Double($0 % 100) < 10 * strength }.map { UInt32($0) }
                spans.append(rows: copies[...], of: run.spans)
                return spans
            }
        ),
        PlantedFault(
            id: "F44",
            requests: 400,
            hasBaseline: false,
            shop: shop { shop, strength in
                shop.catalog = { span, index in
                    span.work(ms(5), jitter: 0.4)
                    span.isLost = Double(index % 100) < 4 * strength
                }
            }
        ),
    ]
}
