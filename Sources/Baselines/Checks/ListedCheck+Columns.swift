import Analysis
import Foundation
import GRDB

extension ListedCheck {
    static let columns = """
        checks.id, deploy_id, checks.service, checks.version, checked_at, verdict, confidence, control, placebo_pairs,
        summary, findings
        """

    init(_ row: Row) throws {
        let verdict: String = try row.decode(forColumn: "verdict")
        guard let known = CheckReport.Verdict(rawValue: verdict) else {
            throw RowDecodingFailure(column: "verdict", value: verdict)
        }
        let control: String = try row.decode(forColumn: "control")
        guard let against = CheckReport.Control(rawValue: control) else {
            throw RowDecodingFailure(column: "control", value: control)
        }
        let findings: String = try row.decode(forColumn: "findings")
        id = try row.decode(forColumn: "id")
        deployID = try row.decode(forColumn: "deploy_id")
        service = try row.decode(forColumn: "service")
        version = try row.decode(forColumn: "version")
        checkedAt = StoredTime.value(try row.decode(forColumn: "checked_at"))
        self.verdict = known
        confidence = try row.decode(forColumn: "confidence")
        self.control = against
        placeboPairs = try row.decode(forColumn: "placebo_pairs")
        summary = try row.decode(forColumn: "summary")
        // Most checks find nothing, and a decoder is not for nothing.
        self.findings =
            findings == "[]" ? [] : try StoredJSON.value([CheckFinding].self, from: Data(findings.utf8))
    }
}
