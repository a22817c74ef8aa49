import Baselines
import Reporting

/// An annotation as a row of a page.
enum NoteRow {
    static func values(_ note: StoredAnnotation, now: UInt64) -> [String: Any] {
        [
            "author": Words.clean(note.author, limit: 60),
            "age": Words.age(note.at, now: now),
            "note": Words.clean(note.note, limit: StoredAnnotation.noteLimit),
            "status": note.status ?? false,
            "test": note.test.map { Words.clean($0, limit: 120) } ?? false,
            "statusUntil": note.statusUntil.map { Timestamp.readable($0) } ?? false,
            "disposition": note.disposition?.rawValue ?? false,
            "assignee": note.assignee.map { Words.clean($0, limit: 60) } ?? false,
            "excluded": note.excludedUntil.map { Timestamp.readable($0) } ?? false,
        ]
    }
}
