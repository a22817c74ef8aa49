import Authentication
import Testing

/// Whose a secret is.
@Suite struct CredentialsTests {
    private let credentials = Credentials(given: [
        AccessToken(bearer: "first", name: "a", scopes: [.read]),
        AccessToken(bearer: "second", name: "b", scopes: [.ingest]),
        AccessToken(basic: "joe:pw", scopes: [.ingest]),
    ])

    @Test(
        arguments: [
            (nil, nil), ("", nil), ("Bearer", nil), ("Bearer ", nil), ("Bearer third", nil), ("first", nil),
            ("Bearer first", "a"), ("bearer  second", "b"), ("BEARER second ", nil), ("Basic am9lOnB3", "joe"),
            ("Basic first", nil), ("Bearer am9lOnB3", nil), ("Digest first", nil),
        ] as [(String?, String?)]
    )
    func `a header is whose secret it shows, with the scheme that belongs to it`(header: String?, name: String?) {
        #expect(credentials.token(inHeader: header)?.name == name)
    }

    @Test func `nothing is open once there is one, and the scopes are those of all`() {
        #expect(Credentials().isOpen && !credentials.isOpen)
        #expect(credentials.scopes == [.read, .ingest])
    }

    @Test func `who has a password only is asked for one`() {
        let basic = Credentials(given: [AccessToken(basic: "joe:pw", scopes: [.ingest])])
        #expect(basic.challenge.hasPrefix("Basic") && credentials.challenge.hasPrefix("Bearer"))
    }

    @Test func `secrets are kept as digests only`() {
        #expect(!"\(credentials)".contains("second") && !"\(credentials)".contains("am9lOnB3"))
    }
}
