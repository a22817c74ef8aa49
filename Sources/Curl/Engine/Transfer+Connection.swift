import CLibcurl

extension Transfer {
    /// Sets what differs from the constant options, for a request to `url`.
    func set(_ settings: ConnectionSettings, url: String) {
        if settings.version == .http2 {
            // Prior knowledge is for plaintext alone; over TLS the two sides agree by ALPN.
            let isPlain = url.lowercased().hasPrefix("http://")
            easy.set(CURLOPT_HTTP_VERSION, isPlain ? CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE : CURL_HTTP_VERSION_2TLS)
            // Without it a burst opens a connection for each request before the first has said that it can share.
            easy.set(CURLOPT_PIPEWAIT, 1)
        }
        if !settings.keepsAlive {
            easy.set(CURLOPT_FRESH_CONNECT, 1)
            easy.set(CURLOPT_FORBID_REUSE, 1)
        }
        if let path = settings.unixSocket { easy.set(CURLOPT_UNIX_SOCKET_PATH, path) }
        if let proxy = settings.proxy { set(proxy) }
        set(settings.tls)
    }

    private func set(_ proxy: ProxySettings) {
        easy.set(CURLOPT_PROXY, proxy.url)
        // `no_proxy` of the environment would send some requests another way.
        easy.set(CURLOPT_NOPROXY, "")
        easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        if let user = proxy.user {
            easy.set(CURLOPT_PROXYUSERNAME, user)
            easy.set(CURLOPT_PROXYPASSWORD, proxy.password ?? "")
        }
    }

    private func set(_ tls: TLSSettings) {
        if let authorities = tls.authorities {
            easy.set(CURLOPT_CAINFO, authorities)
            clibcurl_easy_setopt_string(easy.raw, CURLOPT_CAPATH, nil)
        }
        if let certificate = tls.certificate {
            easy.set(CURLOPT_SSLCERT, certificate)
            easy.set(CURLOPT_SSLKEY, tls.key ?? certificate)
            // Without any password OpenSSL would ask for one at the terminal.
            easy.set(CURLOPT_KEYPASSWD, tls.keyPassword ?? "")
        }
        if !tls.verifies {
            easy.set(CURLOPT_SSL_VERIFYPEER, 0)
            easy.set(CURLOPT_SSL_VERIFYHOST, 0)
        }
    }
}
