/// Text of strangers inside Markdown that GitLab, GitHub or any CommonMark reader will render.
enum MarkdownText {
    /// As plain words: no emphasis, link, HTML, table cell or mention comes of it.
    static func escape(_ text: String, limit: Int = 400) -> String {
        var output = ""
        for character in PlainText.clean(text, limit: limit) {
            switch character {
            case "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "|", "#", "!", "~", "&", "$":
                output += "\\\(character)"
            // A zero-width space keeps a name from being notified and an address from becoming a link.
            case "@": output += "@\u{200B}"
            default: output.append(character)
            }
        }
        return output.replacing("://", with: ":\u{200B}//")
    }

    /// As a code span, with a fence longer than any run of backticks inside; safe in a table cell.
    static func code(_ text: String, limit: Int = 240) -> String {
        let clean = PlainText.clean(text, limit: limit)
        guard !clean.isEmpty else { return "–" }
        var longest = 0
        var run = 0
        for character in clean {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let padding = clean.hasPrefix("`") || clean.hasSuffix("`") ? " " : ""
        return fence + padding + clean.replacing("|", with: "\\|") + padding + fence
    }
}
