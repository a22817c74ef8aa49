import CLibcurl

/// A parsed absolute `http` or `https` URL.
package struct TargetURL: Sendable, Hashable {
    package let scheme: String
    /// Without the brackets of an IPv6 literal.
    package let host: String
    package let port: Int
    /// Without query, fragment and credentials: fit for messages.
    package let display: String

    /// - Throws: `invalidRequest`, with libcurl's reason, when libcurl could not send to this URL.
    package init(_ text: String) throws(CurlError) {
        guard let url = curl_url() else { throw CurlError(.exhausted, "libcurl has no memory to parse a URL") }
        defer { curl_url_cleanup(url) }
        let code = curl_url_set(url, CURLUPART_URL, text, 0)
        guard code == CURLUE_OK else {
            throw CurlError(.invalidRequest, "not an absolute URL: \(String(cString: curl_url_strerror(code)))")
        }
        guard
            let scheme = TargetURL.part(CURLUPART_SCHEME, of: url),
            let host = TargetURL.part(CURLUPART_HOST, of: url),
            let port = TargetURL.part(CURLUPART_PORT, of: url, flags: CURLU_DEFAULT_PORT).flatMap({ Int($0) })
        else { throw CurlError(.invalidRequest, "the URL has no host") }
        guard scheme == "http" || scheme == "https" else {
            throw CurlError(.invalidRequest, "the URL's scheme is \(scheme), expected http or https")
        }
        self.scheme = scheme
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        self.port = port
        display = "\(scheme)://\(host):\(port)\(TargetURL.part(CURLUPART_PATH, of: url) ?? "/")"
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer, flags: Int32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, part, &text, UInt32(flags)) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
