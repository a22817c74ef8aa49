import TestSupport

extension PlantedFault {
    private static func slowCatalog(_ milliseconds: Double, when: @escaping @Sendable (Int) -> Bool = { _ in true })
        -> @Sendable (Double) -> PlantedShop
    {
        { strength in
            var shop = PlantedShop()
            shop.catalog = { span, index in
                PlantedShop.catalog(span)
                if when(index) { span.work(ms(milliseconds, strength), jitter: 0.2) }
            }
            return shop
        }
    }

    static let latency: [PlantedFault] = [
        PlantedFault(id: "F01", hasBaseline: false, shop: slowCatalog(80)),
        PlantedFault(id: "F02", shop: slowCatalog(30)),
        PlantedFault(id: "F03") { strength in
            var shop = PlantedShop()
            shop.network = { _ in ms(25, strength) }
            return shop
        },
        PlantedFault(id: "F04", shop: slowCatalog(40)),
        PlantedFault(id: "F05", requests: 400, shop: slowCatalog(80) { $0 % 12 == 0 }),
        PlantedFault(id: "F06", hasBaseline: false, shop: slowCatalog(90) { $0 % 10 < 3 }),
        PlantedFault(id: "F07", hasBaseline: false) { strength in
            var shop = PlantedShop()
            shop.last = { frontend, _ in
                frontend.parallel(
                    (0..<4).map { branch in
                        { span in
                            span.call("part\(branch)", "GET /part\(branch)") { part in
                                part.work(branch == 2 ? ms(60, strength) : ms(5), jitter: 0.2)
                            }
                        }
                    }
                )
            }
            return shop
        },
        PlantedFault(id: "F08", hasBaseline: false, shop: slowCatalog(40)),
    ]
}
