import CLibcurl

/// The libcurl in use, for every report.
package enum CurlVersion {
    /// As libcurl names itself, such as `libcurl/7.88.1 OpenSSL/3.0.17 zlib/1.2.13`.
    package static let description = String(cString: curl_version())

    /// Why this libcurl cannot send requests this way, in one sentence; `nil` when it can.
    package static func refusal(of settings: ConnectionSettings, scheme: String) -> String? {
        // The fields read here are in the structure since its first version.
        guard let info = curl_version_info(CURLVERSION_FIRST)?.pointee else { return nil }
        return refusal(of: settings, scheme: scheme, version: info.version_num, features: info.features)
    }

    /// The same for a libcurl by its `version_num` and its `features`.
    package static func refusal(
        of settings: ConnectionSettings,
        scheme: String,
        version: UInt32,
        features: Int32
    ) -> String? {
        if settings.version == .http2 && features & CURL_VERSION_HTTP2 == 0 {
            return "this libcurl (\(description)) is built without HTTP/2"
        }
        // curl issue 10634: every reuse of a plaintext HTTP/2 connection ends with error 16; mended after 7.88.1.
        if settings.version == .http2 && scheme == "http" && (0x07_5800...0x07_5801).contains(version) {
            return "libcurl 7.88.0 and 7.88.1 fail whenever a plaintext HTTP/2 connection is used again "
                + "(curl issue 10634); use https, HTTP/1.1 or another libcurl"
        }
        if settings.unixSocket != nil && features & CURL_VERSION_UNIX_SOCKETS == 0 {
            return "this libcurl (\(description)) is built without Unix sockets"
        }
        return nil
    }
}
