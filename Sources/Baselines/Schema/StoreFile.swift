import Foundation
import GRDB

/// Opens the store's file, and refuses what is not ours before anything is written to it.
enum StoreFile {
    /// Up to this size every page is checked before a run begins; beyond it a broken page shows when it is read.
    private static let largestCheckedFile: UInt64 = 256 << 20
    private static let busyTimeout: TimeInterval = 5

    static func open(_ path: String) throws(BaselineStoreError) -> DatabaseQueue {
        try checkPlace(path)
        try inspect(path)
        var configuration = Configuration()
        configuration.busyMode = .timeout(busyTimeout)
        configuration.journalMode = .wal
        configuration.label = "baselines"
        // Only a file without tables takes it: then what the service forgets can be given back to the system.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL") }
        // Of several processes that create the file together one wins; the others fail at once, and find it made when
        // they look again.
        let start = ContinuousClock.now
        var attempt = 1
        while true {
            do {
                let queue = try DatabaseQueue(path: path, configuration: configuration)
                try Schema.migrator.migrate(queue)
                // A recorded run survives a power cut; GRDB's default is to lose the newest.
                try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
                return queue
            } catch {
                // A lock has had its five seconds within SQLite; only the quick failures are worth another look.
                guard attempt < 25, isRace(error), ContinuousClock.now - start < .seconds(busyTimeout) else {
                    throw BaselineStoreError(error, path: path, operation: "opening")
                }
                attempt += 1
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
    }

    private static func isRace(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        // SQLITE_ERROR: "table runs already exists"; SQLITE_CONSTRAINT: the migration is already listed.
        return [.SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_ERROR, .SQLITE_CONSTRAINT].contains(error.resultCode)
    }

    private static func checkPlace(_ path: String) throws(BaselineStoreError) {
        guard !path.isEmpty else { throw .unusable(path: "''", reason: "its name is empty; expected a file's path") }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            guard !isFolder.boolValue else { throw .unusable(path: path, reason: "it is a folder, expected a file") }
            // The link's end: a device or a pipe would block, or swallow what is written.
            let place = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            let type = try? FileManager.default.attributesOfItem(atPath: place)[.type] as? FileAttributeType
            guard type == .typeRegular else { throw .unusable(path: path, reason: "it is no regular file") }
            guard FileManager.default.isWritableFile(atPath: path) else {
                throw .unusable(path: path, reason: "the file may not be written")
            }
            return
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw .unusable(
                path: path,
                reason: "the folder \(folder) does not exist; create it with: mkdir -p \(folder)"
            )
        }
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw .unusable(path: path, reason: "the folder \(folder) may not be written")
        }
    }

    /// Reads, and only reads, what an existing file says about itself.
    private static func inspect(_ path: String) throws(BaselineStoreError) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let size = (attributes?[.size] as? NSNumber)?.uint64Value, size > 0 else { return }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(busyTimeout)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.read { database in
                let applicationID = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
                let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
                // Another process may just be creating it: no tables yet, no id yet.
                let isOurs = try applicationID == Schema.applicationID || tables == 0 || isBeingCreated(database)
                guard isOurs else {
                    throw BaselineStoreError.unusable(path: path, reason: "it is a SQLite file of another program")
                }
                let known = Set(Schema.migrator.migrations)
                let newer = try Schema.migrator.appliedIdentifiers(database).subtracting(known).sorted()
                guard newer.isEmpty else {
                    throw BaselineStoreError.newerSchema(path: path, found: newer.joined(separator: ", "))
                }
                guard size <= largestCheckedFile else { return }
                let check = try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? "ok"
                guard check == "ok" else { throw BaselineStoreError.damaged(path: path, detail: check.onOneLine) }
            }
            try queue.close()
        } catch {
            throw BaselineStoreError(error, path: path, operation: "opening")
        }
    }

    private static func isBeingCreated(_ database: Database) throws -> Bool {
        let names = try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
        return names == ["grdb_migrations"]
    }
}
