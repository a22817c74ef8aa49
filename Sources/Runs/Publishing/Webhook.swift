package import Analysis
import Curl
import FoundationEssentials
import Reporting
import Telemetry

/// Tells somebody else's server of a check: a chat that understands Slack's messages, or anything that reads JSON.
package struct Webhook: Sendable, Hashable {
    /// What the server wants to read.
    package enum Form: String, Sendable, Hashable, CaseIterable {
        /// `{"text": …, "blocks": […]}`, as Slack, Mattermost and Rocket.Chat take it.
        case slack
        /// The same line as `plimsoll check --json`, signed where there is a secret.
        case generic
    }

    package var url: String
    package var form: Form
    /// For the signature of `generic`; never printed.
    package var secret: String?

    /// `nil` for what is no http address; addresses of Slack and names such as `slack=https://…` choose the form.
    package init?(_ text: String, secret: String?) {
        var (url, form) = (text, nil as Form?)
        for one in Form.allCases where text.hasPrefix(one.rawValue + "=") {
            (url, form) = (String(text.dropFirst(one.rawValue.count + 1)), one)
        }
        guard url.hasPrefix("http://") || url.hasPrefix("https://"), url.utf8.count <= 4096 else { return nil }
        self.url = url
        self.form = form ?? (url.contains("hooks.slack.com/") ? .slack : .generic)
        self.secret = secret.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The body that is sent.
    package func body(_ report: CheckReport) throws -> [UInt8] {
        switch form {
        case .generic: Array(CheckSummary(report, directory: nil).json().utf8)
        case .slack: try Webhook.slack(report)
        }
    }

    /// `sha256=` and the hex digits of HMAC-SHA256 over the time of sending, a dot and the body.
    package static func signature(secret: String, timestamp: String, body: [UInt8]) -> String {
        let digest = MessageAuthentication.sha256(
            key: Array(secret.utf8),
            message: Array((timestamp + ".").utf8) + body
        )
        return "sha256=" + digest.hex
    }

    private struct SlackMessage: Encodable {
        struct Text: Encodable {
            var type = "mrkdwn"
            var text: String
        }

        struct Block: Encodable {
            var type = "section"
            var text: Text
        }

        var text: String
        var blocks: [Block]
    }

    private static func slack(_ report: CheckReport) throws -> [UInt8] {
        let mark =
            switch report.verdict {
            case .fine: ":white_check_mark:"
            case .anomalous: ":x:"
            case .inconclusive: ":grey_question:"
            }
        let title = "\(report.verdict.rawValue.uppercased()): \(report.deploy.service) \(report.deploy.version)"
        var blocks = [
            SlackMessage.Block(text: .init(text: "\(mark) *\(escape(title))*\n\(escape(report.summary))"))
        ]
        let findings = report.findings.filter(\.isWrong).prefix(3).map { "• \(escape($0.sentence))" }
        if !findings.isEmpty { blocks.append(.init(text: .init(text: findings.joined(separator: "\n")))) }
        return Array(
            try JSONEncoder().encode(SlackMessage(text: escape("\(title). \(report.summary)"), blocks: blocks))
        )
    }

    // Slack's three, and no mention or link that telemetry may have smuggled in.
    private static func escape(_ text: String) -> String {
        PlainText.clean(text, limit: 600)
            .replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("@", with: "@\u{200B}").replacing("*", with: "∗").replacing("`", with: "'")
    }
}
