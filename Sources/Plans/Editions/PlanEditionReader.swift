/// Reads which editions a plan runs, and checks them against what `edition.config.json` describes.
struct PlanEditionReader {
    private static let example = "editions: [vetclinic, vetclinic-premium]"

    let editions: [EditionReader.Edition]

    /// In the plan's order; empty where it names none, or after errors.
    func ids(_ map: YAMLMap) -> [String] {
        guard let section = map.section("editions") else {
            return map["editionId"].flatMap(PlanEditionReader.id).map { [$0] } ?? []
        }
        guard let values = section.list(example: Self.example) else { return [] }
        if map["editionId"] != nil {
            section.error("`editionId` and `editions` are both given; keep one of them")
        } else if values.isEmpty {
            section.error("the list is empty; example: `\(Self.example)`")
        }
        var ids: [String] = []
        for value in values {
            guard let id = PlanEditionReader.id(value) else { continue }
            if ids.contains(id) { value.error("the edition \(id.quoted) is named twice") }
            ids.append(id)
        }
        return ids
    }

    /// The name of an edition, which is also the name of a folder of artifacts.
    static func id(_ value: YAMLValue) -> String? {
        guard let id = value.text(example: "vetclinic")?.onOneLine else { return nil }
        guard isFolderName(id) else {
            value.expected("a name without `/` that starts with no dot", example: "vetclinic-premium")
            return nil
        }
        return id
    }

    /// Whether a name stays inside the folder it is put in.
    static func isFolderName(_ id: String) -> Bool {
        !id.isEmpty && !id.hasPrefix(".") && !id.contains("/") && id.utf8.count <= 100
    }

    /// Reports what does not fit together: unknown names, editions without a test, tenants that are missing.
    ///
    /// - Parameters:
    ///   - plan: as read.
    ///   - map: of the plan's file, for the places of what is reported.
    ///   - named: the editions that single tests are limited to.
    ///   - needsTenants: whether a request of the plan names its `{{tenant}}`.
    func check(_ plan: TestPlan, of map: YAMLMap, named: [YAMLValue], needsTenants: Bool) {
        checkNames(plan, map, named)
        for edition in editions {
            for (name, value) in edition.tests
            where !plan.tests.contains(where: { $0.name == name || $0.type.rawValue == name }) {
                value.error(
                    "no test of the plan has the name or type \(name.quoted); "
                        + NearestWord.hint(for: name, among: plan.tests.map(\.name) + plan.tests.map(\.type.rawValue))
                )
            }
        }
        for id in plan.editionIDs {
            let edition = editions.first { $0.plan.id == id }
            let place = map["editions"] ?? map["editionId"] ?? map.value
            if !plan.tests.contains(where: { $0.runs(in: edition?.plan ?? EditionPlan(id: id)) }) {
                place.error("no test runs in the edition \(id.quoted); see `editions` and `tests` of both files")
            }
            if needsTenants, edition?.plan.tenants.isEmpty ?? true {
                place.error(
                    "a request names its {{tenant}}, but edition.config.json gives the edition \(id.quoted) "
                        + "no `tenants`; example: `\"tenants\": [\"clinic-1\"]`"
                )
            }
        }
    }

    private func checkNames(_ plan: TestPlan, _ map: YAMLMap, _ named: [YAMLValue]) {
        let described = editions.map(\.plan.id)
        if !described.isEmpty, let values = map["editions"]?.list(example: Self.example) {
            for (id, value) in zip(plan.editionIDs, values) where !described.contains(id) {
                value.warning(
                    "edition.config.json does not describe \(id.quoted), so it runs as the plan says; "
                        + NearestWord.hint(for: id, among: described)
                )
            }
        }
        let known = plan.editionIDs + described
        for value in named {
            guard let name = value.scalarText, !known.contains(name) else { continue }
            value.warning("there is no edition \(name.quoted); \(NearestWord.hint(for: name, among: known))")
        }
    }
}
