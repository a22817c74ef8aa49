/// The files beside the plan that hold what people noted and earlier runs recorded.
struct RecordedFiles {
    let annotations: [Annotation]
    let runtimeProfile: [RuntimeProfileRule]
    let baselines: [RecordedBaseline]
    let eventTrace: EventTrace?

    init(_ reading: inout ProjectReading) {
        annotations =
            reading.file(
                ProjectFile.annotations,
                example: AnnotationReader.example,
                parse: AnnotationReader().annotations
            ) ?? []
        runtimeProfile =
            reading.file(
                ProjectFile.runtimeProfile,
                example: RuntimeProfileReader.example,
                parse: RuntimeProfileReader().rules
            ) ?? []
        baselines =
            reading.file(
                ProjectFile.recordedBaseline,
                example: RecordedBaselineReader.example,
                parse: RecordedBaselineReader().baselines
            ) ?? []
        eventTrace = reading.file(
            ProjectFile.eventTrace,
            example: EventTraceReader.example,
            parse: EventTraceReader().trace
        )
    }
}
