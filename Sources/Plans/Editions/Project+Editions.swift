extension Project {
    /// Every edition that can be asked for: the plan's, then the others of `edition.config.json`.
    package var knownEditions: [String] {
        plan.editionIDs + editions.map(\.id).filter { !plan.editionIDs.contains($0) }
    }

    /// The project as one edition runs it: its tests, traffic, headers, limits and weights.
    ///
    /// An edition that `edition.config.json` does not describe runs as the plan says.
    package func edition(_ id: String) -> Project {
        var project = self
        let edition = editions.first { $0.id == id } ?? EditionPlan(id: id)
        project.plan.editionID = id
        project.plan.editionIDs = [id]
        project.plan.target.baseURL = edition.baseURL ?? plan.target.baseURL
        project.plan.target.headers =
            plan.target.headers.filter { field in
                !edition.headers.contains { $0.name.lowercased() == field.name.lowercased() }
            } + edition.headers
        if !edition.tenants.isEmpty {
            project.plan.tables[TemplateText.tenantTable] = DataTable(
                columns: [TemplateText.tenantColumn],
                rows: edition.tenants.map { [$0] }
            )
        }
        project.plan.tests = plan.tests.filter { $0.runs(in: edition) }.map(edition.traffic.applied)
        // Of equally specific rules the later wins: what `perf-thresholds.yaml` says of an edition goes first.
        if let limits = edition.limits { project.thresholds.insert(limits, at: 0) }
        if let weights = edition.weights { project.weights.insert(weights, at: 0) }
        return project
    }
}

extension TestDefinition {
    /// Whether the plan and the edition both want the test.
    func runs(in edition: EditionPlan) -> Bool {
        (editions.isEmpty || editions.contains(edition.id))
            && (edition.tests.isEmpty || edition.tests.contains { $0 == name || $0 == type.rawValue })
    }
}
