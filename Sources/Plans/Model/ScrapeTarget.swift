package struct ScrapeTarget: Sendable, Hashable {
    package var service: String
    package var url: String

    package init(service: String, url: String) {
        self.service = service
        self.url = url
    }
}
