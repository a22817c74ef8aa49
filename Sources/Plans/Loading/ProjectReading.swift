/// Reads the files of one folder and keeps what there is to say about them.
struct ProjectReading {
    let folder: ProjectFolder
    private var logs: [DiagnosticLog] = []

    init(folder: ProjectFolder) {
        self.folder = folder
    }

    /// The plan's file first, the others as read; in each by line.
    var diagnostics: [PlanDiagnostic] {
        let plan = folder.shownPrefix + folder.planName
        let ordered = logs.filter { $0.file == plan } + logs.filter { $0.file != plan }
        return ordered.flatMap { log in
            log.diagnostics.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
        }
    }

    /// Reads one file and hands its root to `parse`; `nil` when it is not there or is no YAML.
    mutating func file<Value>(_ name: String, example: String, parse: (YAMLValue) -> Value?) -> Value? {
        let log = DiagnosticLog(file: (folder.shownPrefix + name).onOneLine)
        logs.append(log)
        guard let bytes = folder.bytes(of: name, log: log) else { return nil }
        return YAMLDocument.root(of: bytes, log: log, example: example).flatMap(parse)
    }

    /// Says once a file that it changes nothing, so that nobody relies on it.
    ///
    /// `features` are the `.feature` files that tests point to, with what there is to say of them.
    mutating func warnOfUnreadFiles(features: [String: DiagnosticLog]) {
        for name in folder.names() {
            let log = DiagnosticLog(file: (folder.shownPrefix + name).onOneLine)
            if ProjectFile.isFeature(name), features[name] == nil {
                log.warning(at: nil, "has no effect: no test points to it; example: `feature: \(name.onOneLine)`")
            }
            logs.append(log)
        }
        logs += features.sorted { $0.key < $1.key }.map(\.value)
    }
}
