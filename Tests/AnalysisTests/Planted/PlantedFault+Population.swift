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

    /// A cache before the catalog's table that misses in `misses` of a hundred requests.
    private static func cached(_ misses: Double) -> PlantedShop {
        var shop = PlantedShop()
        shop.catalog = { span, index in
            span.work(ms(2), jitter: 0.3)
            span.query("GET cache", "", ms(1), jitter: 0.3)
            if Double(index * 37 % 100) < misses {
                span.query("SELECT items", "SELECT name FROM items WHERE id = ?", ms(20), jitter: 0.3)
            }
        }
        return shop
    }

    static let population: [PlantedFault] = [
        PlantedFault(
            id: "F30",
            requests: 400,
            hasBaseline: false,
            shop: shop { shop, strength in
                shop.catalog = { span, index in
                    let isGold = index * 31 % 100 < 12
                    span.attributes["user.tier"] = isGold ? "gold" : "plain"
                    PlantedShop.catalog(span)
                    if isGold { span.work(ms(60, strength), jitter: 0.3) }
                }
            }
        ),
        PlantedFault(
            id: "F31",
            hasBaseline: false,
            shop: shop { shop, strength in
                shop.orders = { span, index in
                    PlantedShop.orders(span)
                    if !index.isMultiple(of: 2) { span.work(ms(30, strength), jitter: 0.3) }
                }
            }
        ),
        PlantedFault(
            id: "F32",
            hasBaseline: false,
            shop: shop { shop, strength in
                shop.catalog = { span, index in
                    let isNew = index % 5 == 0
                    span.attributes["service.version"] = isNew ? "2.1" : "2.0"
                    PlantedShop.catalog(span)
                    if isNew { span.work(ms(15, strength), jitter: 0.3) }
                }
            }
        ),
        PlantedFault(
            id: "F33",
            hasBaseline: false,
            shop: shop { shop, strength in
                shop.catalog = { span, index in
                    PlantedShop.catalog(span)
                    if index < 50 { span.work(ms(80, strength), jitter: 0.3) }
                }
            }
        ),
        PlantedFault(id: "F34", before: { cached(10) }, shop: { cached(10 + 60 * $0) }),
        PlantedFault(
            id: "F35",
            hasBaseline: false,
            shop: shop { shop, strength in
                shop.last = { span, index in
                    let isLarge = Double(index % 100) < 30 * strength
                    span.query(
                        "GET report",
                        "",
                        isLarge ? ms(180) : ms(20),
                        jitter: 0.3,
                        attributes: ["http.response.body.size": isLarge ? "800000" : "20000"]
                    )
                }
            }
        ),
    ]
}
