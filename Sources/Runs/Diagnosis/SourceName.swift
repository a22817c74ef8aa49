import Foundation

/// What a word after `--current`, `--baseline` or `--metrics` means.
enum SourceName: Hashable {
    case file(String)
    case address(String)
    /// Neither: perhaps the id of a run.
    case other(String)

    /// The places a word stands for: a folder is the files in it, in order of their names.
    static func all(_ word: String) -> [SourceName] {
        if word.hasPrefix("http://") || word.hasPrefix("https://") { return [.address(word)] }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: word, isDirectory: &isFolder) else { return [.other(word)] }
        guard isFolder.boolValue else { return [.file(word)] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: word)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted().map { .file("\(word)/\($0)") }
    }

    static func contents(ofFile path: String) throws(RunFailure) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw RunFailure.badOption("\(path) cannot be read")
        }
        return [UInt8](data)
    }
}
