/// Reads `studio.annotation.yaml`: one note, or a list of them under `annotations`.
struct AnnotationReader {
    static let example =
        "annotations: [{ endpoint: GET /report, limits: { latencyP95: 900 }, until: 2026-12-31, reason: \"ticket 4711\" }]"
    private static let keys =
        RuleSelector.keys.known + [
            "author", "reason", "until", "status", "scoreOverride", "flaky", "excludeFromGate", "excludeFromScore",
            "limits", "thresholds", "retryWith", "retryOnFail", "finding", "accepted", "assignee",
        ]

    func annotations(_ root: YAMLValue) -> [Annotation] {
        let keys = KnownKeys(known: Self.keys + ["traceId", "annotations"])
        guard let map = root.map(keys, example: Self.example) else { return [] }
        let selector = RuleSelector(map)
        guard let list = map.section("annotations") else { return annotation(map, RuleSelector()).map { [$0] } ?? [] }
        return (list.list(example: Self.example) ?? []).compactMap { value in
            value.map(KnownKeys(known: Self.keys), example: Self.example).flatMap { annotation($0, selector) }
        }
    }

    private func annotation(_ map: YAMLMap, _ outer: RuleSelector) -> Annotation? {
        var note = Annotation(selector: outer.overridden(by: map), source: map.value.source)
        note.author = map["author"]?.text(example: "author: dana")?.onOneLine
        note.reason = map["reason"]?.text(example: "reason: ticket 4711")?.onOneLine
        if let value = map["until"], let text = value.scalarText {
            note.until = AnnotationDate(text)
            if note.until == nil { value.expected("a day or a moment", example: "until: 2026-12-31") }
        }
        note.status = map["status"]?.word(AnnotatedStatus.self)
        if let value = map["scoreOverride"], value.flag(example: "scoreOverride: true") == true, note.status == nil {
            value.error("needs the verdict that counts instead; example: `scoreOverride: true` with `status: pass`")
        }
        note.isFlaky = map["flaky"]?.flag(example: "flaky: true") ?? false
        note.excludesFromGate = map["excludeFromGate"]?.flag(example: "excludeFromGate: true") ?? false
        note.excludedParts = map["excludeFromScore"].map(parts) ?? []
        if let value = map.section("limits") ?? map.section("thresholds"),
            let limits = value.map(KnownKeys(known: LimitsReader.keys), example: "limits: { latencyP95: 900 }")
        {
            note.limits = LimitsReader().limits(limits)
            if note.until == nil, map["until"] == nil {
                value.warning("holds for ever; say until when, or write it to perf-thresholds.yaml")
            }
        }
        note.retry = retry(map)
        note.finding = finding(map)
        warnWithoutEffect(note, map)
        return note
    }

    /// `true` for all of the score, or the parts that do not count.
    private func parts(_ value: YAMLValue) -> Set<ScorePart> {
        let example = "excludeFromScore: [resources]"
        if value.isList {
            return Set((value.list(example: example) ?? []).compactMap { $0.word(ScorePart.self) })
        }
        if let text = value.scalarText, ScorePart(rawValue: text) != nil {
            return Set([value.word(ScorePart.self)].compactMap { $0 })
        }
        return value.flag(example: "excludeFromScore: true") == true ? Set(ScorePart.allCases) : []
    }

    private func retry(_ map: YAMLMap) -> AnnotatedRetry? {
        let wanted = map["retryOnFail"]?.flag(example: "retryOnFail: true") ?? false
        let example = "retryWith: { rps: 80, duration: 1m }"
        guard let section = map.section("retryWith") else { return wanted ? AnnotatedRetry() : nil }
        let keys = KnownKeys(known: ["rps", "duration", "warmup"])
        guard let changes = section.map(keys, example: example) else { return nil }
        var retry = AnnotatedRetry()
        retry.rate = changes["rps"]?.rate(example: "rps: 80")
        retry.duration = changes["duration"]?.duration(example: "duration: 1m")
        retry.warmup = changes["warmup"]?.duration(allowsZero: true, example: "warmup: 10s")
        return retry
    }

    private func finding(_ map: YAMLMap) -> AnnotatedFinding? {
        let isAccepted = map["accepted"]?.flag(example: "accepted: true") ?? false
        let assignee = map["assignee"]?.text(example: "assignee: dana")?.onOneLine
        guard let value = map["finding"] else {
            if let value = map["accepted"] ?? map["assignee"] {
                value.error("needs the finding that it is about; example: `finding: 3fa94c1b` as in findings.json")
            }
            return nil
        }
        return value.text(example: "finding: 3fa94c1b").map {
            AnnotatedFinding(fingerprint: $0, isAccepted: isAccepted, assignee: assignee)
        }
    }

    private func warnWithoutEffect(_ note: Annotation, _ map: YAMLMap) {
        let acts = ["status", "flaky", "excludeFromGate", "excludeFromScore", "limits", "thresholds", "retryWith"]
        if !(acts + ["retryOnFail", "scoreOverride", "accepted", "assignee"]).contains(where: { map[$0] != nil }) {
            map.value.warning("changes nothing; example: `\(Self.example)`")
        }
    }
}
