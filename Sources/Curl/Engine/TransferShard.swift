import CLibcurl

/// One multi handle with its share of a loop's transfers.
///
/// libcurl walks the list of connections to a host for every request, so a shard holds few of them.
final class TransferShard {
    static let capacity = 128

    let index: Int
    let multi: MultiHandle
    /// When libcurl wants `expire` called, `MonotonicClock` nanoseconds; `UInt64.max` when it does not.
    private(set) var deadline = UInt64.max
    // Owned by the loop, which outlives its shards.
    private unowned let sockets: SocketPoll

    init(index: Int, sockets: SocketPoll) throws(CurlError) {
        multi = try MultiHandle()
        self.index = index
        self.sockets = sockets
        // Left alone, libcurl would resize its pool with the number of transfers and evict warm connections.
        multi.set(CURLMOPT_MAXCONNECTS, TransferShard.capacity + 8)
        // The cap is ours: what queues inside libcurl cannot be seen.
        multi.set(CURLMOPT_MAX_HOST_CONNECTIONS, 0)
        multi.set(CURLMOPT_MAX_TOTAL_CONNECTIONS, 0)
        let context = Unmanaged.passUnretained(self).toOpaque()
        multi.set(CURLMOPT_SOCKETDATA, pointer: context)
        clibcurl_multi_setopt_socket_callback(multi.raw) { _, socket, interest, context, _ in
            guard let context else { return 0 }
            let shard = Unmanaged<TransferShard>.fromOpaque(context).takeUnretainedValue()
            shard.sockets.watch(socket, for: interest, shard: shard.index)
            return 0
        }
        multi.set(CURLMOPT_TIMERDATA, pointer: context)
        // Only stores: calling libcurl from its own callback is forbidden.
        clibcurl_multi_setopt_timer_callback(multi.raw) { _, milliseconds, context in
            guard let context else { return 0 }
            let shard = Unmanaged<TransferShard>.fromOpaque(context).takeUnretainedValue()
            shard.deadline =
                milliseconds < 0 ? .max : MonotonicClock.now() + UInt64(milliseconds) * 1_000_000
            return 0
        }
    }

    deinit {
        // Closing the pool would call back into an object that is going away.
        clibcurl_multi_setopt_socket_callback(multi.raw, nil)
        clibcurl_multi_setopt_timer_callback(multi.raw, nil)
    }

    /// Tells libcurl that its time has come.
    func expire() {
        deadline = .max
        perform(socket: -1, mask: 0)
    }

    /// Tells libcurl that a socket is ready, or with -1 (`CURL_SOCKET_TIMEOUT`) that a timer fired.
    func perform(socket: Int32, mask: Int32) {
        var running: Int32 = 0
        curl_multi_socket_action(multi.raw, socket, mask, &running)
    }

    /// The slot and code of the next transfer that ended.
    func nextEnded() -> (slot: Int, code: CURLcode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi.raw, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            var slot: UnsafeMutableRawPointer?
            clibcurl_easy_getinfo_pointer(easy, CURLINFO_PRIVATE, &slot)
            return (Int(bitPattern: slot), message.pointee.data.result)
        }
        return nil
    }
}
