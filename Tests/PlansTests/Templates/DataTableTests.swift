import Plans
import Testing

struct DataTableTests {
    @Test(arguments: [
        ("a,b\n1,2\n", [["1", "2"]]), ("\u{FEFF}a,b\r\n1,2\r\n3,4", [["1", "2"], ["3", "4"]]),
        ("a\n\"x, \"\"y\"\"\nz\"\n", [["x, \"y\"\nz"]]), ("a,b\n,\n", [["", ""]]), ("a\n1\n\n2\n", [["1"], ["2"]]),
    ])
    func `reads rows under their column names`(text: String, rows: [[String]]) throws {
        let table = try DataTable(csv: text)
        #expect(table.rows == rows)
        #expect(table.values(of: "a") == rows.map { $0[0] })
        #expect(table.values(of: "z") == nil)
    }

    @Test(arguments: ["", "\n", "a,b\n", "a,b\n1\n", "a\n1,2\n"])
    func `refuses a file without rows, or with rows of another length`(text: String) {
        #expect(throws: DataTable.Fault.self) { try DataTable(csv: text) }
    }
}
