import Foundation
import Glibc
import Plans

/// The projects that may be run over HTTP: folders with a plan, below one root.
struct ProjectCatalogue: Sendable {
    private static let depth = 4
    private static let most = 200
    /// Folders looked into at most.
    private static let visits = 2_000

    /// With symbolic links resolved.
    let root: String
    let environment: [String: String]

    /// `nil` where there is no such folder.
    init?(root: String, environment: [String: String]) {
        guard let resolved = realpath(root, nil) else { return nil }
        defer { free(resolved) }
        self.root = String(cString: resolved)
        self.environment = environment
    }

    /// Paths below the root, in order.
    var paths: [String] {
        var found: [String] = []
        var folders = [("", 0)]
        var visited = 0
        while visited < ProjectCatalogue.visits, found.count < ProjectCatalogue.most,
            let (folder, depth) = folders.popLast()
        {
            visited += 1
            let names = (try? FileManager.default.contentsOfDirectory(atPath: root + "/" + folder)) ?? []
            if names.contains("test-suite.plan.yaml") { found.append(folder.isEmpty ? "." : folder) }
            guard depth < ProjectCatalogue.depth else { continue }
            for name in names.sorted().prefix(500) where !name.hasPrefix(".") {
                let path = folder.isEmpty ? name : folder + "/" + name
                if isFolder(root + "/" + path) { folders.append((path, depth + 1)) }
            }
        }
        return found.sorted()
    }

    /// A folder below the root, whatever `..` and links lead to.
    func folder(_ path: String) throws(RunQueueError) -> String {
        guard let resolved = realpath(root + "/" + path, nil) else {
            throw .badProject("there is no project \(path) below the folder of projects")
        }
        defer { free(resolved) }
        let folder = String(cString: resolved)
        guard folder == root || folder.hasPrefix(root == "/" ? root : root + "/") else {
            throw .notAllowed("\(path) leads out of the folder of projects")
        }
        return folder
    }

    func project(_ path: String) throws(RunQueueError) -> Project {
        let folder = try folder(path)
        do {
            return try ProjectLoader(environment: environment).load(folder)
        } catch {
            throw .badProject("\(error)")
        }
    }

    // Links are not followed: one may lead round in a circle.
    private func isFolder(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes?[.type] as? FileAttributeType == .typeDirectory
    }
}
