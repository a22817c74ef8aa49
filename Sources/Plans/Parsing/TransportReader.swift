/// Reads how requests get to the target: the keys of `target`, and those a test may set for itself.
struct TransportReader {
    static let targetKeys = ["httpVersion", "keepAlive", "redirects", "unixSocket", "proxy", "tls"]

    let sources: PlanSources

    /// Reads what `key` gives on top of `start`.
    func transport(_ start: TransportPlan, _ key: (String) -> YAMLValue?) -> TransportPlan {
        var transport = start
        if let value = key("httpVersion"), let version = version(value) { transport.version = version }
        if let value = key("keepAlive"), let keeps = value.flag(example: "keepAlive: false") {
            transport.keepsConnections = keeps
        }
        if let value = key("redirects"), let limit = redirects(value) { transport.redirectLimit = limit }
        return transport
    }

    func target(_ map: YAMLMap, scheme: String?) -> TransportPlan {
        var transport = transport(TransportPlan()) { map[$0] }
        if let value = map["unixSocket"] { transport.unixSocket = socket(value) }
        if let value = map.section("proxy") { transport.proxy = proxy(value) }
        if let value = map["proxy"], transport.unixSocket != nil {
            value.error("a Unix socket is not reached through a proxy; keep one of `proxy` and `unixSocket`")
        }
        if let value = map.section("tls") {
            transport.tls = tls(value)
            if scheme == "http" { value.warning("has no effect: `baseUrl` is not https") }
        }
        return transport
    }

    private func version(_ value: YAMLValue) -> HTTPVersion? {
        switch value.scalarText {
        case "1.1", "1": return .http1
        case "2", "2.0": return .http2
        default:
            value.expected("1.1 or 2", example: "httpVersion: 2")
            return nil
        }
    }

    private func redirects(_ value: YAMLValue) -> Int? {
        switch value.isQuoted ? nil : value.scalarText {
        case "true": return 10
        case "false": return 0
        default:
            let what = "true, false or how many at most, from 0 to 50"
            return value.integer(what, in: 0...50, example: "redirects: true")
        }
    }

    private func socket(_ value: YAMLValue) -> String? {
        let example = "unixSocket: /run/checkout.sock"
        guard let text = value.text(example: example), let expanded = sources.environment.expand(text, for: value)
        else { return nil }
        let path = sources.files.absolute(expanded.text)
        // sockaddr_un holds 108 bytes with the terminating zero.
        guard path.utf8.count < 108 else {
            value.error("\(path.quoted) is longer than the 107 bytes that a socket's path may have")
            return nil
        }
        return path
    }

    private func proxy(_ value: YAMLValue) -> ProxyPlan? {
        let example = "proxy: { url: http://127.0.0.1:3128, user: load, password: \"${PROXY_PASSWORD}\" }"
        if value.scalarText != nil { return proxyURL(value).map { ProxyPlan(url: $0) } }
        guard let map = value.map(KnownKeys(known: ["url", "user", "password"]), example: example),
            let url = map.required("url", example: example).flatMap(proxyURL)
        else { return nil }
        var proxy = ProxyPlan(url: url)
        if let user = map["user"] { proxy.user = user.text(example: example).flatMap { sources.expand($0, for: user) } }
        if let password = map["password"] {
            proxy.password = password.text(example: example).flatMap { sources.expand($0, for: password) }
            if map["user"] == nil { password.error("`user` is missing; example: `\(example)`") }
        }
        if let user = proxy.user { sources.addSecret(Base64.encode(Array("\(user):\(proxy.password ?? "")".utf8))) }
        return proxy
    }

    private func proxyURL(_ value: YAMLValue) -> String? {
        let example = "proxy: http://127.0.0.1:3128"
        guard let text = value.text(example: example), let expanded = sources.environment.expand(text, for: value)
        else { return nil }
        let schemes = ["http", "https", "socks5", "socks5h"]
        guard let end = expanded.text.firstRange(of: "://"),
            schemes.contains(expanded.text[..<end.lowerBound].lowercased())
        else {
            value.expected("a URL with scheme http, https, socks5 or socks5h", example: example)
            return nil
        }
        guard !expanded.text.contains("@") else {
            value.error("credentials belong in `user` and `password`, which no artifact shows")
            return nil
        }
        do throws(BaseAddress.Fault) {
            let address = try BaseAddress("http://" + expanded.text[end.upperBound...])
            guard address.path.isEmpty else {
                value.error("a proxy's URL has no path; example: `\(example)`")
                return nil
            }
            return expanded.text
        } catch {
            value.error("\(error.reason); example: `\(example)`")
            return nil
        }
    }

    private func tls(_ value: YAMLValue) -> TLSPlan {
        let example = "tls: { ca: certs/ca.pem, certificate: certs/client.pem, key: certs/client.key }"
        var tls = TLSPlan()
        let keys = KnownKeys(known: ["ca", "certificate", "key", "keyPassword", "verify"])
        guard let map = value.map(keys, example: example) else { return tls }
        tls.authorities = map["ca"].flatMap { sources.files.path($0, example: example) }
        tls.certificate = map["certificate"].flatMap { sources.files.path($0, example: example) }
        tls.key = map["key"].flatMap { sources.files.path($0, example: example) }
        if let password = map["keyPassword"] {
            let example = "keyPassword: \"${KEY_PASSWORD}\""
            tls.keyPassword = password.text(example: example).flatMap { sources.expand($0, for: password) }
        }
        for key in ["key", "keyPassword"] where map["certificate"] == nil {
            map[key]?.error("`certificate` is missing; example: `\(example)`")
        }
        if let verify = map["verify"], let verifies = verify.flag(example: "verify: false") {
            tls.verifies = verifies
            if !verifies, let authorities = map["ca"] {
                authorities.warning("has no effect: `verify: false` trusts any certificate")
            }
        }
        return tls
    }
}
