import CLibcurl

extension Transfer {
    /// What becomes of an answer that has arrived whole.
    enum Redirect {
        /// It is the request's answer.
        case none
        /// It asks for another request that the rule forbids.
        case refused
        /// The next hop is prepared; `run` sends it.
        case followed
    }

    /// Prepares the hop that a redirecting answer asks for, where the template's rule allows it.
    ///
    /// Called when the transfer is out of its multi handle.
    func redirect(_ result: TransferResult) -> Redirect {
        guard let template = current?.template, let rule = template.redirects,
            [301, 302, 303, 307, 308].contains(result.status),
            let location = easy.string(CURLINFO_REDIRECT_URL)
        else { return .none }
        guard hops.count < rule.limit, let from = try? TargetURL(template.url), let to = try? TargetURL(location) else {
            return .refused
        }
        let leavesServer = ServerAddress(from) != ServerAddress(to)
        if leavesServer && !rule.allowedServers.contains(ServerAddress(to)) { return .refused }

        let timeout = UInt64(max(.zero, template.timeout) / .nanoseconds(1))
        if hops.deadline == nil {
            let elapsed = easy.offset(CURLINFO_TOTAL_TIME_T) * 1000
            hops.deadline = result.finishedAt + timeout - min(timeout, elapsed)
        }
        hops.add(result)
        let isRewritten = result.status == 303 && template.method != "HEAD"
        let wasPost = template.method == "POST" && (result.status == 301 || result.status == 302)
        let becomesGet = !hops.isGet && (isRewritten || wasPost)
        hops.isGet = hops.isGet || becomesGet
        let deadline = hops.deadline ?? result.finishedAt
        apply(
            RedirectHop(url: location, becomesGet: becomesGet),
            leavesServer: leavesServer,
            remaining: .nanoseconds(Int64(clamping: deadline - min(deadline, result.finishedAt)))
        )
        return .followed
    }
}
