import CLibcurl

/// Owns one libcurl multi handle and with it the connections it keeps.
struct MultiHandle: ~Copyable {
    let raw: UnsafeMutableRawPointer

    init() throws(CurlError) {
        guard CurlRuntime.isReady, let raw = curl_multi_init() else {
            throw CurlError(.exhausted, "libcurl has no memory for another connection pool")
        }
        self.raw = raw
    }

    deinit { curl_multi_cleanup(raw) }

    func set(_ option: CURLMoption, _ value: Int) {
        clibcurl_multi_setopt_long(raw, option, value)
    }

    func set(_ option: CURLMoption, pointer: UnsafeMutableRawPointer?) {
        clibcurl_multi_setopt_pointer(raw, option, pointer)
    }
}
