import Authentication
import Foundation
import Testing

/// A file of tokens that changes while the service runs.
@Suite struct TokenBookTests {
    private let path = FileManager.default.temporaryDirectory.appending(path: "plimsoll-book-\(UUID().uuidString)").path

    private func token(_ text: String) -> AccessToken { AccessToken(bearer: text, name: text, scopes: [.read]) }

    @Test func `what is added opens, what is taken away no longer does`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try TokenFile.append(token("a"), to: path)
        let book = try TokenBook(path: path)
        let credentials = Credentials(file: book)
        #expect(try !book.refresh())
        try TokenFile.append(token("b"), to: path)
        #expect(credentials.token("b") == nil)
        #expect(try book.refresh())
        #expect(credentials.token("b")?.name == "b")
        try FileManager.default.removeItem(atPath: path)
        try TokenFile.append(token("b"), to: path)
        #expect(try book.refresh())
        #expect(credentials.token("a") == nil && credentials.token("b") != nil)
        #expect(credentials.current(token("a")) == nil)
    }

    @Test func `a file that cannot be used is told once, and locks nobody out and nobody in`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try TokenFile.append(token("a"), to: path)
        let book = try TokenBook(path: path)
        for broken in ["nonsense\n", "# nobody\n"] {
            try Data(broken.utf8).write(to: URL(filePath: path))
            #expect(throws: TokenFile.Failure.self) { try book.refresh() }
            #expect(try !book.refresh())
            #expect(book.tokens == [token("a")])
        }
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: TokenFile.Failure.self) { try book.refresh() }
        #expect(book.tokens == [token("a")])
    }
}
