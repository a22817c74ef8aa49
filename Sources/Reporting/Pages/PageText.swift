/// How a page's template wants its text: HTML templates escape by themselves, Markdown templates cannot.
enum PageText {
    case html, markdown

    /// Words, possibly of strangers.
    func words(_ text: String) -> String {
        switch self {
        case .html: PlainText.clean(text)
        case .markdown: MarkdownText.escape(text)
        }
    }

    /// Names, queries and ids, shown as code.
    func code(_ text: String) -> String {
        switch self {
        case .html: PlainText.clean(text)
        case .markdown: MarkdownText.code(text)
        }
    }
}
