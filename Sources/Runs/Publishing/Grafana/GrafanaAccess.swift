/// Where Grafana is and what lets Plimsoll write there.
package struct GrafanaAccess: Sendable {
    /// Without a trailing slash; may have a path.
    package var url: String
    /// Of a service account; never printed, and in no error.
    package var token: String

    package init(url: String, token: String) {
        self.url = url.last == "/" ? String(url.dropLast()) : url
        self.token = token
    }

    /// By `PLIMSOLL_GRAFANA_URL` and `PLIMSOLL_GRAFANA_TOKEN`; `nil` where no URL is set.
    ///
    /// - Throws: `RunFailure.badOption` for a URL that is none, and for a URL without a token.
    package init?(environment: [String: String]) throws(RunFailure) {
        guard let url = environment["PLIMSOLL_GRAFANA_URL"], !url.isEmpty else { return nil }
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw .badOption("PLIMSOLL_GRAFANA_URL must begin with http:// or https://")
        }
        guard let token = environment["PLIMSOLL_GRAFANA_TOKEN"], !token.isEmpty else {
            throw .badOption("PLIMSOLL_GRAFANA_URL is set, but PLIMSOLL_GRAFANA_TOKEN (a service account's) is not")
        }
        self.init(url: url, token: token)
    }
}
