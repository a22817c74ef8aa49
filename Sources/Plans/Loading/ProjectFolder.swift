import FoundationEssentials

/// The folder a project is read from, and how its files are shown to people.
struct ProjectFolder {
    /// Files larger than this are no configuration.
    static let largestFile = 4 << 20

    /// Absolute.
    let path: String
    /// What stands before a file's name in diagnostics: relative to the working directory where it lies below it.
    let shownPrefix: String
    /// Name of the plan file in it.
    let planName: String

    /// Finds the plan that `path` means, which is a folder, a plan file, or nothing.
    static func find(_ path: String?, from workingDirectory: String) throws(ProjectError) -> ProjectFolder {
        guard let path else {
            let places = ["perf", "."]
            for place in places {
                let folder = absolute(place, from: workingDirectory)
                if kind(of: folder + "/" + ProjectFile.plan) == .file {
                    return ProjectFolder(folder, ProjectFile.plan, workingDirectory)
                }
            }
            let looked = places.map { $0 == "." ? ProjectFile.plan : $0 + "/" + ProjectFile.plan }
            throw missing("no plan found; looked for \(looked.joined(separator: " and ")) in \(workingDirectory)")
        }
        let location = absolute(path, from: workingDirectory)
        switch kind(of: location) {
        case .folder where kind(of: location + "/" + ProjectFile.plan) == .file:
            return ProjectFolder(location, ProjectFile.plan, workingDirectory)
        case .folder:
            throw missing("no plan found; looked for \(ProjectFile.plan) in the folder", file: path)
        case .file:
            let name = String(location.split(separator: "/").last ?? "")
            return ProjectFolder(String(location.dropLast(name.count + 1)), name, workingDirectory)
        case nil:
            throw missing("no such file or folder", file: path)
        }
    }

    private init(_ path: String, _ planName: String, _ workingDirectory: String) {
        self.path = path.isEmpty ? "/" : path
        self.planName = planName
        if path == workingDirectory {
            shownPrefix = ""
        } else if path.hasPrefix(workingDirectory + "/") {
            shownPrefix = path.dropFirst(workingDirectory.count + 1) + "/"
        } else {
            shownPrefix = path + "/"
        }
    }

    /// Name of the folder that holds the project, for a module without a name.
    var projectName: String {
        let parts = path.split(separator: "/")
        let name = parts.last == "perf" ? parts.dropLast().last : parts.last
        return name.map(String.init)?.onOneLine ?? "default"
    }

    /// Names of the files in it, sorted.
    func names() -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    /// The bytes of a file; `nil` when it is not there, or after reporting why it cannot be read.
    func bytes(of name: String, log: DiagnosticLog) -> [UInt8]? {
        let file = path + "/" + name
        switch ProjectFolder.kind(of: file) {
        case nil: return nil
        case .folder:
            log.error(at: nil, "is a folder, expected a file")
            return nil
        case .file: break
        }
        let attribute = (try? FileManager.default.attributesOfItem(atPath: file))?[.size]
        let size = attribute as? UInt64 ?? (attribute as? Int).map(UInt64.init) ?? 0
        guard size <= ProjectFolder.largestFile else {
            log.error(at: nil, "is larger than 4 MiB, which no such file should be")
            return nil
        }
        guard let data = FileManager.default.contents(atPath: file) else {
            log.error(at: nil, "cannot be read; check its permissions")
            return nil
        }
        return [UInt8](data)
    }

    private enum Kind {
        case file, folder
    }

    private static func kind(of path: String) -> Kind? {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
        return isFolder ? .folder : .file
    }

    /// Without `.` and `..`, so that equal folders have equal paths.
    private static func absolute(_ path: String, from workingDirectory: String) -> String {
        let joined = path.hasPrefix("/") ? path : workingDirectory + "/" + path
        var parts: [Substring] = []
        for part in joined.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    private static func missing(_ message: String, file: String = ProjectFile.plan) -> ProjectError {
        ProjectError(
            diagnostics: [PlanDiagnostic(file: file.onOneLine, message: message)],
            example: "A plan to start from, perf/\(ProjectFile.plan):\n\n" + PlanReader.example
        )
    }
}
