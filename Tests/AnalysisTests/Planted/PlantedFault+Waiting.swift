import TestSupport

extension PlantedFault {
    /// A load that swells and ebbs threefold and more: 1...7 by tenths of the run.
    private static func swell(_ index: Int) -> Double { [1, 2, 4, 6, 7, 6, 4, 3, 2, 1][index / 48 % 10] }

    private static func growing(
        _ body: @escaping @Sendable (inout PlantedShop, Double) -> Void
    ) -> @Sendable (Double) -> PlantedShop {
        { strength in
            var shop = PlantedShop()
            body(&shop, strength)
            return shop
        }
    }

    private static func elsewhere(_ span: SyntheticSpan, _ milliseconds: Double) {
        span.call("search", "GET /search", client: "GET search") { $0.work(ms(milliseconds), jitter: 0.2) }
    }

    static let waiting: [PlantedFault] = [
        PlantedFault(
            id: "F18",
            hasBaseline: false,
            shop: growing { shop, strength in
                shop.last = { span, _ in
                    span.publish("order.created", to: "mailer", lag: ms(600, strength)) { $0.work(ms(5)) }
                }
            }
        ),
        PlantedFault(
            id: "F18",
            hasBaseline: false,
            shop: growing { shop, strength in
                shop.last = { span, _ in
                    span.publishLinked("order.paid", to: "billing", lag: ms(600, strength), work: ms(5))
                }
            }
        ),
        PlantedFault(
            id: "F19",
            requests: 480,
            rate: 10,
            hasBaseline: false,
            shop: growing { shop, strength in
                shop.orders = { span, index in
                    span.work(ms(12 * swell(index), strength), jitter: 0.2)
                    span.query("SELECT orders", "SELECT id FROM orders WHERE user = ?", ms(3), jitter: 0.2)
                }
            }
        ),
        PlantedFault(
            id: "F20",
            requests: 480,
            rate: 10,
            hasBaseline: false,
            shop: growing { shop, strength in
                shop.catalog = { span, index in span.work(ms(15 * swell(index), strength), jitter: 0.2) }
            }
        ),
        PlantedFault(
            id: "F21",
            requests: 480,
            rate: 10,
            hasBaseline: false,
            shop: growing { shop, strength in shop.network = { ms(15 * swell($0), strength) } }
        ),
        PlantedFault(
            id: "F22",
            hasBaseline: false,
            shop: growing { shop, strength in
                shop.last = { span, index in
                    let isCut = Double(index % 100) < 12 * strength
                    span.query(
                        "POST pay",
                        "",
                        isCut ? ms(1000) : ms(8),
                        jitter: isCut ? 0.001 : 0.4,
                        error: isCut ? "timeout" : ""
                    )
                }
            }
        ),
        PlantedFault(
            id: "F23",
            hasBaseline: false,
            shop: growing { shop, strength in
                shop.last = { span, index in
                    guard Double(index % 100) < 20 * strength else { return elsewhere(span, 5) }
                    span.abandonedCall("search", "GET /search", patience: ms(10), client: "GET search") {
                        $0.work(ms(60), jitter: 0.2)
                    }
                }
            }
        ),
        PlantedFault(
            id: "F24",
            hasBaseline: false,
            shop: growing { shop, strength in
                shop.last = { span, index in
                    for _ in 0..<(Double(index % 100) < 40 * strength ? 3 : 0) {
                        span.query("POST pay", "", ms(5), jitter: 0.3, error: "503")
                        span.work(ms(2))
                    }
                    span.query("POST pay", "", ms(5), jitter: 0.3)
                }
            }
        ),
    ]
}
