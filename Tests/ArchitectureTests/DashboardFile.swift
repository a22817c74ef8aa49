import Foundation

/// A dashboard as far as its tests look at it.
struct DashboardFile: Decodable {
    struct Source: Decodable, Equatable {
        var type: String
        var uid: String
    }

    struct Variable: Decodable {
        var name: String
        var label: String
        var type: String
        var refresh: Int
        var multi: Bool
        var allValue: String?
        var datasource: Source?
        var definition: String?
    }

    struct Variables: Decodable {
        var list: [Variable]
    }

    struct Target: Decodable {
        var refId: String
        var expr: String
        var datasource: Source
    }

    struct Position: Decodable {
        var x: Int
        var y: Int
        var w: Int
        var h: Int
    }

    struct Field: Decodable {
        struct Defaults: Decodable {
            var unit: String
        }
        var defaults: Defaults
    }

    struct Panel: Decodable {
        var id: Int
        var type: String
        var title: String
        var description: String
        var datasource: Source
        var gridPos: Position
        var fieldConfig: Field
        var targets: [Target]
    }

    var uid: String
    var title: String
    var tags: [String]
    var schemaVersion: Int
    var editable: Bool
    var templating: Variables
    var panels: [Panel]

    static func all() throws -> [DashboardFile] {
        try Repository.files(under: "dashboards", extensions: ["json"]).map {
            try JSONDecoder().decode(DashboardFile.self, from: Data($0.text.utf8))
        }
    }
}
