import TestSupport

extension PlantedFault {
    private static func last(
        _ body: @escaping @Sendable (SyntheticSpan, Int, Double) -> Void
    ) -> @Sendable (Double) -> PlantedShop {
        { strength in
            var shop = PlantedShop()
            shop.last = { span, index in body(span, index, strength) }
            return shop
        }
    }

    private static func price(_ span: SyntheticSpan) {
        span.call("prices", "GET /price", client: "GET price") { $0.work(ms(1), jitter: 0.3) }
    }

    static let structure: [PlantedFault] = [
        PlantedFault(
            id: "F09",
            shop: last { span, _, strength in
                span.call("coupons", "GET /coupons", client: "GET coupons") { $0.work(ms(15, strength), jitter: 0.3) }
            }
        ),
        PlantedFault(
            id: "F10",
            before: {
                var shop = PlantedShop()
                shop.last = { span, _ in span.call("audit", "POST /audit", client: "POST audit") { $0.work(ms(4)) } }
                return shop
            },
            shop: { _ in PlantedShop() }
        ),
        PlantedFault(
            id: "F11",
            shop: last { span, index, strength in
                guard Double(index % 10) < 2 + 4 * strength else { return }
                span.call("recommend", "GET /similar", client: "GET similar") { $0.work(ms(20, strength), jitter: 0.3) }
            }
        ),
        PlantedFault(
            id: "F12",
            before: {
                var shop = PlantedShop()
                shop.last = { span, _ in price(span) }
                return shop
            },
            shop: last { span, _, strength in
                span.parallel((0..<Int(2 + 8 * strength)).map { _ in { price($0) } })
            }
        ),
        PlantedFault(
            id: "F13",
            before: {
                var shop = PlantedShop()
                shop.last = { span, _ in span.query("SELECT items", "SELECT name FROM items WHERE id = ?", ms(4)) }
                return shop
            },
            shop: last { span, index, strength in
                for _ in 0..<Int(5 + 15 * strength + Double(index % 5)) {
                    span.query("SELECT items", "SELECT name FROM items WHERE id = ?", ms(4), jitter: 0.3)
                }
            }
        ),
        PlantedFault(
            id: "F14",
            before: {
                var shop = PlantedShop()
                shop.last = { span, _ in price(span) }
                return shop
            },
            shop: last { span, _, strength in
                for _ in 0..<8 {
                    span.call("prices", "GET /price", client: "GET price") { $0.work(ms(20, strength), jitter: 0.3) }
                }
            }
        ),
        PlantedFault(
            id: "F15",
            hasBaseline: false,
            shop: last { span, index, strength in
                for step in 0..<4 {
                    let part = (step + index) % 4
                    span.call("part\(part)", "GET /part\(part)", client: "GET part\(part)") {
                        $0.work(ms(25, strength), jitter: 0.3)
                    }
                }
            }
        ),
        PlantedFault(
            id: "F16",
            hasBaseline: false,
            shop: last { span, _, strength in
                span.call("orders", "GET /orders/{id}/user", client: "GET user") { orders in
                    orders.call("frontend", "GET /session", client: "GET session") { $0.work(ms(20, strength)) }
                }
            }
        ),
        PlantedFault(
            id: "F17",
            hasBaseline: false,
            shop: { strength in
                var shop = PlantedShop()
                shop.first = { frontend, _ in frontend.attributes["cloud.availability_zone"] = "eu-1a" }
                shop.last = { frontend, _ in
                    frontend.step("remote") { step in
                        step.attributes["cloud.availability_zone"] = "eu-1a"
                        step.remote("warehouse", "GET /stock", zones: ("eu-1a", "eu-1b"), network: ms(12, strength))
                    }
                }
                return shop
            }
        ),
    ]
}

extension SyntheticSpan {
    /// A call whose client span is in one zone and its server span in another.
    fileprivate func remote(_ service: String, _ name: String, zones: (String, String), network: Duration) {
        call(service, name, network: network, client: "GET stock", attributes: ["cloud.availability_zone": zones.0]) {
            $0.attributes["cloud.availability_zone"] = zones.1
            $0.work(.milliseconds(2), jitter: 0.3)
        }
    }
}
