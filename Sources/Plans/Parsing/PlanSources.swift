/// What the readers of a plan draw on beside its YAML, and what they come upon on the way.
///
/// A reference on purpose: every reader adds to the same secrets and tables. Not for sharing between threads.
final class PlanSources {
    let environment: EnvironmentReader
    let files: ProjectFiles
    /// `nil` when the project has none, or a broken one.
    let api: APIDescription?
    /// Whether its description is broken, which has been reported.
    let hasBrokenAPI: Bool
    /// Of `trace.plan.yaml`.
    var flows = FlowCatalogue()
    /// Of the `.feature` files that tests point to, by the name they use.
    private(set) var featureLogs: [String: DiagnosticLog] = [:]
    /// Values of the environment that requests carry.
    private(set) var secrets: Set<String> = []
    /// Of the templates read so far, by the name they use.
    private(set) var tables: [String: DataTable] = [:]
    /// Whether a request names its edition's `{{tenant}}`.
    var usesTenants = false
    private var brokenTables: [String: String] = [:]

    init(environment: EnvironmentReader, files: ProjectFiles, api: APIDescription?, hasBrokenAPI: Bool) {
        self.environment = environment
        self.files = files
        self.api = api
        self.hasBrokenAPI = hasBrokenAPI
    }

    /// Replaces `${NAME}`, and notes the values as secrets; `nil` after reporting what is unset.
    func expand(_ text: String, for value: YAMLValue) -> String? {
        guard let expansion = environment.expand(text, for: value) else { return nil }
        secrets.formUnion(expansion.values)
        return expansion.text
    }

    /// Notes a text that was made from secrets.
    func addSecret(_ text: String) {
        if !text.isEmpty { secrets.insert(text) }
    }

    /// Where to report what is wrong with a `.feature` file; `shownPrefix` is what stands before its name.
    func log(ofFeature file: String, shownPrefix: String) -> DiagnosticLog {
        if let known = featureLogs[file] { return known }
        let log = DiagnosticLog(file: (shownPrefix + file).onOneLine)
        featureLogs[file] = log
        return log
    }

    /// Makes tables known that stand in no file of their own.
    func add(_ tables: [String: DataTable]) {
        self.tables.merge(tables) { $1 }
    }

    /// Whether every template of a text can be filled in; reports those that cannot.
    func checkTemplates(in text: String, _ variables: Set<String>, for value: YAMLValue) -> Bool {
        do throws(TemplateText.UnknownTemplate) {
            let template = try TemplateText(text, variables: variables)
            return template.parts.allSatisfy { part in
                guard case .column(let file, let name) = part else { return true }
                return checkColumn(name, of: file, for: value)
            }
        } catch {
            let captured = variables.sorted().map { ", {{\($0)}}" }.joined()
            value.error("unknown template {{\(error.text.onOneLine)}}; known: \(TemplateText.known)\(captured)")
            return false
        }
    }

    private func checkColumn(_ name: String, of file: String, for value: YAMLValue) -> Bool {
        if file == TemplateText.tenantTable {
            // Which editions run is only known when the whole plan has been read.
            usesTenants = true
            return true
        }
        guard let table = table(file, for: value) else { return false }
        guard table.values(of: name) != nil else {
            let hint = NearestWord.hint(for: name, among: table.columns)
            value.error("\(file.quoted) has no column \(name.quoted); \(hint)")
            return false
        }
        return true
    }

    private func table(_ file: String, for value: YAMLValue) -> DataTable? {
        if let known = tables[file] { return known }
        if brokenTables[file] == nil {
            do throws(ProjectFiles.Fault) {
                let table = try files.table(named: file)
                tables[file] = table
                return table
            } catch {
                brokenTables[file] = error.reason
            }
        }
        value.error(brokenTables[file] ?? "")
        return nil
    }
}
