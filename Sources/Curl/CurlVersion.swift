import CLibcurl

/// The libcurl in use, for every report.
package enum CurlVersion {
    /// As libcurl names itself, such as `libcurl/7.88.1 OpenSSL/3.0.17 zlib/1.2.13`.
    package static let description = String(cString: curl_version())
}
