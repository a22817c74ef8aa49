import FoundationEssentials

/// Files of a project that a plan names beside the known ones: bodies, tables, certificates.
struct ProjectFiles {
    private static let largestFile = 64 << 20

    /// Relative paths count from here.
    let directory: String
    /// What stands before a file's name in diagnostics.
    var shownPrefix = ""

    /// Absolute path of a readable file; `nil` after reporting that there is none.
    func path(_ value: YAMLValue, example: String) -> String? {
        guard let text = value.text(example: example) else { return nil }
        let path = absolute(text)
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            value.error("there is no file \(text.quoted) in the project's folder; example: `\(example)`")
            return nil
        }
        guard !isFolder, FileManager.default.isReadableFile(atPath: path) else {
            value.error("\(text.quoted) is no file that can be read")
            return nil
        }
        return path
    }

    /// The bytes of a file; `nil` after reporting why there are none.
    func contents(_ value: YAMLValue, example: String) -> [UInt8]? {
        guard let path = path(value, example: example), let text = value.scalarText else { return nil }
        do throws(Fault) {
            return try contents(ofFile: path, named: text)
        } catch {
            value.error(error.reason)
            return nil
        }
    }

    struct Fault: Error {
        var reason: String
    }

    /// A table that a template names; `name` counts from the directory.
    func table(named name: String) throws(Fault) -> DataTable {
        let path = absolute(name)
        guard FileManager.default.fileExists(atPath: path) else {
            throw Fault(reason: "there is no file \(name.quoted) in the project's folder")
        }
        guard let text = String(validating: try contents(ofFile: path, named: name), as: UTF8.self) else {
            throw Fault(reason: "\(name.quoted) is no UTF-8 text")
        }
        do throws(DataTable.Fault) {
            return try DataTable(csv: text)
        } catch {
            throw Fault(reason: "\(name.quoted): \(error.reason)")
        }
    }

    func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : directory + "/" + path
    }

    private func contents(ofFile path: String, named name: String) throws(Fault) -> [UInt8] {
        let attribute = (try? FileManager.default.attributesOfItem(atPath: path))?[.size]
        let size = attribute as? UInt64 ?? (attribute as? Int).map(UInt64.init) ?? 0
        guard size <= ProjectFiles.largestFile else { throw Fault(reason: "\(name.quoted) is larger than 64 MiB") }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Fault(reason: "\(name.quoted) cannot be read")
        }
        return [UInt8](data)
    }
}
