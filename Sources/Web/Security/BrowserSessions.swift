import Authentication
import Synchronization

/// Who is logged in with a browser: a cookie instead of a token in every request.
///
/// In memory only: a restart logs everybody out. Safe from any thread.
final class BrowserSessions: Sendable {
    static let cookieName = "plimsoll_session"
    /// Beyond this many the oldest is forgotten.
    private static let most = 1_024
    /// Nanoseconds: half a day.
    private static let lifetime: UInt64 = 12 * 3_600 * 1_000_000_000

    private struct Entry {
        var token: AccessToken
        var formToken: String
        var began: UInt64
    }

    private let entries = Mutex<[[UInt8]: Entry]>([:])

    /// Returns the cookie's value; `now` is in Unix nanoseconds.
    func begin(for token: AccessToken, now: UInt64) -> String {
        let secret = SecretText.random()
        entries.withLock { entries in
            if entries.count >= BrowserSessions.most,
                let oldest = entries.min(by: { $0.value.began < $1.value.began })
            {
                entries[oldest.key] = nil
            }
            entries[SecretText.digest(secret)] = Entry(
                token: token,
                formToken: SecretText.random(),
                began: now
            )
        }
        return secret
    }

    /// `nil` for a cookie that is unknown or too old, or whose token is no longer one of `credentials`.
    func visitor(_ cookie: String, of credentials: Credentials, now: UInt64) -> Visitor? {
        let key = SecretText.digest(cookie)
        let found: Entry? = entries.withLock { entries in
            guard let entry = entries[key] else { return nil }
            guard now < entry.began + BrowserSessions.lifetime else {
                entries[key] = nil
                return nil
            }
            return entry
        }
        guard let found, let token = credentials.current(found.token) else { return nil }
        return Visitor(name: token.name, scopes: token.scopes, formToken: found.formToken, isBrowserSession: true)
    }

    func end(_ cookie: String) {
        _ = entries.withLock { $0.removeValue(forKey: SecretText.digest(cookie)) }
    }
}
