import CLibcurl

/// Owns one libcurl easy handle.
///
/// Not thread-safe: the thread that runs its loop owns it.
struct EasyHandle: ~Copyable {
    let raw: UnsafeMutableRawPointer

    init() throws(CurlError) {
        guard CurlRuntime.isReady, let raw = curl_easy_init() else {
            throw CurlError(.exhausted, "libcurl has no memory for another transfer")
        }
        self.raw = raw
    }

    deinit { curl_easy_cleanup(raw) }

    /// Options never fail for values of the right type except for lack of memory, which the transfer then reports.
    func set(_ option: CURLoption, _ value: Int) {
        clibcurl_easy_setopt_long(raw, option, value)
    }

    /// libcurl copies the text.
    func set(_ option: CURLoption, _ value: String) {
        clibcurl_easy_setopt_string(raw, option, value)
    }

    func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) {
        clibcurl_easy_setopt_pointer(raw, option, pointer)
    }

    /// libcurl keeps the pointer: the list must live as long as the handle uses it.
    func set(_ option: CURLoption, list: UnsafeMutablePointer<curl_slist>?) {
        clibcurl_easy_setopt_list(raw, option, list)
    }

    func set(_ option: CURLoption, callback: @escaping clibcurl_data_callback) {
        clibcurl_easy_setopt_data_callback(raw, option, callback)
    }

    /// A text that libcurl owns, copied; `nil` when there is none.
    func string(_ info: CURLINFO) -> String? {
        var value: UnsafePointer<CChar>?
        clibcurl_easy_getinfo_string(raw, info, &value)
        return value.map { String(cString: $0) }
    }

    /// All cookies the handle knows, in libcurl's own lines.
    func cookies() -> [String] {
        var list: UnsafeMutablePointer<curl_slist>?
        clibcurl_easy_getinfo_list(raw, CURLINFO_COOKIELIST, &list)
        defer { curl_slist_free_all(list) }
        return sequence(first: list, next: { $0?.pointee.next }).compactMap { node in
            node?.pointee.data.map { String(cString: $0) }
        }
    }

    func long(_ info: CURLINFO) -> Int {
        var value = 0
        clibcurl_easy_getinfo_long(raw, info, &value)
        return value
    }

    func offset(_ info: CURLINFO) -> UInt64 {
        var value: curl_off_t = 0
        clibcurl_easy_getinfo_offset(raw, info, &value)
        return UInt64(max(0, value))
    }
}
