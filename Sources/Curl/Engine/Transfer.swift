import CLibcurl
import Glibc

/// One slot of a loop: an easy handle, what it sends, and what came back.
///
/// A class because libcurl's callbacks need a stable address. Owned by the loop's thread.
final class Transfer {
    let index: Int
    let easy: EasyHandle
    let shard: TransferShard
    var isRunning = false
    private(set) var bytesReceived: UInt64 = 0
    /// `errno` of a socket that could not be opened; 0 when all could.
    private(set) var socketError: Int32 = 0
    /// Where the answer is kept; `nil` only counts its bytes.
    var capture: ResponseCapture?
    /// The template of the request that runs; `nil` for whole requests.
    private(set) var current: PreparedTemplate?
    /// Whether the options are still those of `current`: a redirect changes them.
    private(set) var isPristine = false
    /// Earlier answers of the request that is running, each a redirect that was followed.
    var hops = RedirectHops()

    private let sockets: SocketPoll
    private let errorText: UnsafeMutablePointer<CChar>
    private var headers: HeaderLines?
    private var bodyPointer: UnsafeMutablePointer<UInt8>?
    private var bodyCapacity = 0
    private var sendsBody = false

    init(index: Int, shard: TransferShard, sockets: SocketPoll) throws(CurlError) {
        easy = try EasyHandle()
        self.index = index
        self.shard = shard
        self.sockets = sockets
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.pointee = 0
        setConstantOptions()
    }

    deinit {
        free(bodyPointer)
        // libcurl writes no error text while a handle that runs nothing is cleaned up.
        errorText.deallocate()
    }

    /// libcurl's words for the last failure, empty when it left none.
    var errorDescription: String { String(cString: errorText) }

    func start() throws(CurlError) {
        makeCapture()
        // Cookies of redirects belong to one request; those of a flow are set by its owner.
        if let template = current?.template, template.redirects != nil, template.capture?.keepsCookies != true {
            easy.set(CURLOPT_COOKIELIST, "ALL")
        }
        hops = RedirectHops()
        try run()
    }

    /// Starts what the options say now.
    func run() throws(CurlError) {
        bytesReceived = 0
        socketError = 0
        errorText.pointee = 0
        guard curl_multi_add_handle(shard.multi.raw, easy.raw) == CURLM_OK else {
            throw CurlError(.exhausted, "libcurl cannot start another transfer")
        }
        isRunning = true
    }

    /// Takes the transfer out of libcurl; one that has not ended loses its connection.
    func stop() {
        guard isRunning else { return }
        curl_multi_remove_handle(shard.multi.raw, easy.raw)
        isRunning = false
    }

    /// Sets the options of a template; nothing to do where they still stand from the request before.
    func use(_ prepared: PreparedTemplate) {
        if !isPristine || current !== prepared { apply(prepared) }
    }

    private func apply(_ prepared: PreparedTemplate) {
        let template = prepared.template
        curl_easy_reset(easy.raw)
        setConstantOptions()
        set(url: template.url, timeout: template.timeout)
        set(method: template.method, hasBody: !template.body.isEmpty)
        setBody(UnsafeBufferPointer(prepared.body))
        setHeaders(HeaderLines(template.variableHeaders.map(\.line), followedBy: prepared.headers))
        set(template.connection, url: template.url)
        if let list = prepared.resolve.head { easy.set(CURLOPT_RESOLVE, list: list) }
        if let cookie = template.cookie { easy.set(CURLOPT_COOKIE, cookie) }
        // An empty name turns libcurl's cookie engine on and reads no file.
        if template.capture?.keepsCookies == true || template.redirects != nil { easy.set(CURLOPT_COOKIEFILE, "") }
        if template.capture != nil { captureHeaders() }
        capture = nil
        current = prepared
        isPristine = true
    }

    /// Forgets the request before and makes ready for this one, connections kept.
    func apply(_ request: HTTPRequest, remaining: Duration) {
        curl_easy_reset(easy.raw)
        setConstantOptions()
        set(url: request.url, timeout: remaining)
        set(method: request.method, hasBody: !request.body.isEmpty)
        setBody(copying: request.body)
        setHeaders(HeaderLines((request.headers + Transfer.expectHeader(unless: request.headers)).map(\.line)))
        set(request.connection, url: request.url)
        capture = ResponseCapture(limit: request.maximumResponseBytes)
        easy.set(CURLOPT_ERRORBUFFER, pointer: errorText)
        captureHeaders()
        current = nil
    }

    /// Makes ready for the next hop of a redirect, in the words of RFC 9110 section 15.4.
    ///
    /// With `leavesServer` the secrets meant for the first server stay behind.
    func apply(_ hop: RedirectHop, leavesServer: Bool, remaining: Duration) {
        set(url: hop.url, timeout: remaining)
        var dropped: Set<String> = leavesServer ? ["authorization", "cookie"] : []
        if hop.becomesGet {
            dropped.formUnion(["content-type", "content-encoding"])
            set(method: "GET", hasBody: false)
        }
        if leavesServer { clibcurl_easy_setopt_string(easy.raw, CURLOPT_COOKIE, nil) }
        if !dropped.isEmpty, let headers { setHeaders(HeaderLines(headers.lines(without: dropped))) }
        makeCapture()
        isPristine = false
    }

    /// libcurl waits a second for `100 Continue` before it sends a large body; an empty `Expect` forbids that.
    static func expectHeader(unless headers: [HTTPHeader]) -> [HTTPHeader] {
        headers.contains { $0.name.lowercased() == "expect" } ? [] : [HTTPHeader(name: "Expect", value: "")]
    }

    func setHeaderLine(_ index: Int, to line: [UInt8]) {
        headers?.set(index, to: line)
    }

    /// `url` is UTF-8 without a terminating zero.
    func setURL(_ url: [UInt8]) {
        easy.set(CURLOPT_URL, String(decoding: url, as: UTF8.self))
    }

    func setBody(copying bytes: [UInt8]) {
        if bodyCapacity < bytes.count {
            free(bodyPointer)
            bodyPointer = realloc(nil, bytes.count)?.bindMemory(to: UInt8.self, capacity: bytes.count)
            bodyCapacity = bodyPointer == nil ? 0 : bytes.count
        }
        bytes.withUnsafeBytes { source in
            if let bodyPointer, let base = source.baseAddress { memcpy(bodyPointer, base, source.count) }
        }
        setBody(UnsafeBufferPointer(start: bodyPointer, count: min(bytes.count, bodyCapacity)))
    }

    private func setBody(_ body: UnsafeBufferPointer<UInt8>) {
        guard sendsBody else { return }
        clibcurl_easy_setopt_offset(easy.raw, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        easy.set(CURLOPT_POSTFIELDS, pointer: body.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) })
    }

    private func setHeaders(_ lines: HeaderLines) {
        headers = lines
        easy.set(CURLOPT_HTTPHEADER, list: lines.head)
    }

    private func set(url: String, timeout: Duration) {
        let milliseconds = max(1, Int(timeout / .milliseconds(1)))
        easy.set(CURLOPT_URL, url)
        easy.set(CURLOPT_TIMEOUT_MS, milliseconds)
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds)
    }

    private func set(method: String, hasBody: Bool) {
        sendsBody = hasBody || ["POST", "PUT", "PATCH"].contains(method)
        if sendsBody {
            easy.set(CURLOPT_POST, 1)
        } else if method == "HEAD" {
            easy.set(CURLOPT_NOBODY, 1)
        } else {
            easy.set(CURLOPT_HTTPGET, 1)
        }
        let isImplied = (method == "GET" || method == "HEAD") && !sendsBody
        clibcurl_easy_setopt_string(easy.raw, CURLOPT_CUSTOMREQUEST, isImplied ? nil : method)
    }

    // Whole requests have made theirs already.
    private func makeCapture() {
        guard let policy = current?.template.capture else { return }
        capture = ResponseCapture(limit: policy.bodyLimit, truncates: true)
    }

    private func captureHeaders() {
        easy.set(CURLOPT_HEADERDATA, pointer: Unmanaged.passUnretained(self).toOpaque())
        easy.set(CURLOPT_HEADERFUNCTION) { data, size, count, context in
            let transfer = Unmanaged<Transfer>.fromOpaque(context!).takeUnretainedValue()
            transfer.capture?.appendHeader(UnsafeRawBufferPointer(start: data, count: size * count))
            return size * count
        }
    }

    private func setConstantOptions() {
        easy.set(CURLOPT_NOSIGNAL, 1)
        easy.set(CURLOPT_TCP_NODELAY, 1)
        easy.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        easy.set(CURLOPT_HTTP09_ALLOWED, 0)
        // Redirects are followed here, where the server they lead to can be checked.
        easy.set(CURLOPT_FOLLOWLOCATION, 0)
        easy.set(CURLOPT_DNS_CACHE_TIMEOUT, -1)
        // A proxy named by the environment would be measured instead of the target.
        easy.set(CURLOPT_PROXY, "")
        easy.set(CURLOPT_PRIVATE, pointer: UnsafeMutableRawPointer(bitPattern: index))
        let context = Unmanaged.passUnretained(self).toOpaque()
        easy.set(CURLOPT_WRITEDATA, pointer: context)
        easy.set(CURLOPT_WRITEFUNCTION) { data, size, count, context in
            let transfer = Unmanaged<Transfer>.fromOpaque(context!).takeUnretainedValue()
            transfer.bytesReceived &+= UInt64(size * count)
            guard let capture = transfer.capture else { return size * count }
            return capture.appendBody(UnsafeRawBufferPointer(start: data, count: size * count)) ? size * count : 0
        }
        easy.set(CURLOPT_OPENSOCKETDATA, pointer: context)
        clibcurl_easy_setopt_opensocket_callback(easy.raw) { context, _, address in
            guard let context, let address else { return -1 }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            let wanted = address.pointee
            let socket = transfer.sockets.open(
                family: wanted.family,
                type: wanted.socktype,
                protocol: wanted.protocol
            )
            if socket < 0 { transfer.socketError = errno }
            return socket
        }
        // A connection outlives the transfer that opened it, so its close belongs to the loop's sockets.
        easy.set(CURLOPT_CLOSESOCKETDATA, pointer: Unmanaged.passUnretained(sockets).toOpaque())
        clibcurl_easy_setopt_closesocket_callback(easy.raw) { context, socket in
            guard let context else { return -1 }
            return Unmanaged<SocketPoll>.fromOpaque(context).takeUnretainedValue().close(socket: socket)
        }
    }
}
