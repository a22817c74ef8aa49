import GRDB

/// A `BaselineKey` in the terms of `runs` joined with `test_results`.
enum KeyColumns {
    static let condition = """
        runs.module_id = ? AND runs.edition_id = ? AND test_results.test_type = ? AND test_results.endpoint = ?
        """

    static func arguments(_ key: BaselineKey) -> StatementArguments {
        [key.moduleID, key.editionID, key.testType, key.endpoint]
    }
}
