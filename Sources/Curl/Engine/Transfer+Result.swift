import CLibcurl

extension Transfer {
    /// Reads what libcurl knows of a transfer that has just ended and is still in its multi handle.
    func result(code: CURLcode, at now: UInt64) -> TransferResult {
        let opened = easy.long(CURLINFO_NUM_CONNECTS)
        var result = TransferResult(
            slot: index,
            finishedAt: now,
            status: easy.long(CURLINFO_RESPONSE_CODE),
            failure: code == CURLE_OK ? nil : failure(code),
            bytesSent: UInt64(max(0, easy.long(CURLINFO_REQUEST_SIZE))) + easy.offset(CURLINFO_SIZE_UPLOAD_T),
            bytesReceived: UInt64(max(0, easy.long(CURLINFO_HEADER_SIZE))) + bytesReceived,
            connectionsOpened: opened,
            phases: code == CURLE_OK ? phases(hasConnected: opened > 0) : TransferPhases(),
            bodyBytes: bytesReceived
        )
        if let template = current?.template {
            if template.connection.version == .http2 {
                result.isHTTP2 = easy.long(CURLINFO_HTTP_VERSION) == Int(CURL_HTTP_VERSION_2_0)
            }
            if code == CURLE_OK, let policy = template.capture { result.answer = answer(policy) }
        }
        return result
    }

    private func answer(_ policy: CapturePolicy) -> CapturedAnswer? {
        capture.map {
            CapturedAnswer(
                headers: $0.headers,
                body: $0.body,
                isTruncated: $0.isTooLarge,
                cookies: policy.keepsCookies ? easy.cookies() : []
            )
        }
    }

    private func failure(_ code: CURLcode) -> CurlError.Kind {
        if capture?.isTooLarge == true { return .tooLarge }
        let systemError = socketError != 0 ? socketError : Int32(truncatingIfNeeded: easy.long(CURLINFO_OS_ERRNO))
        return CurlError.Kind(code, systemError: systemError)
    }

    // libcurl's times are cumulative microseconds from the start of the transfer.
    private func phases(hasConnected: Bool) -> TransferPhases {
        var phases = TransferPhases()
        let firstByte = easy.offset(CURLINFO_STARTTRANSFER_TIME_T)
        phases.wait = gap(easy.offset(CURLINFO_PRETRANSFER_TIME_T), firstByte)
        phases.receive = gap(firstByte, easy.offset(CURLINFO_TOTAL_TIME_T))
        if hasConnected {
            let lookup = easy.offset(CURLINFO_NAMELOOKUP_TIME_T)
            let connect = easy.offset(CURLINFO_CONNECT_TIME_T)
            let tls = easy.offset(CURLINFO_APPCONNECT_TIME_T)
            phases.dns = lookup * 1000
            phases.connect = gap(lookup, connect)
            phases.tls = tls == 0 ? 0 : gap(connect, tls)
        }
        return phases
    }

    private func gap(_ start: UInt64, _ end: UInt64) -> UInt64 {
        end > start ? (end - start) * 1000 : 0
    }
}
