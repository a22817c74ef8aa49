/// F25: a service ran out of CPU, or was throttled, while it was slow.
package struct CPUSaturationDetector: FindingDetector {
    package let kind = "cpu_saturation"
    var cpuLimit = 0.9
    /// The share of throttled periods that usual Kubernetes alerts take.
    var throttlingLimit = 0.25
    var minimumPoints = 3

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        run.findings { reader in
            let busy = ResourceLink.all([.cpu], limit: cpuLimit, leastPoints: minimumPoints, reader, run)
            let throttled = ResourceLink.all([.throttling], limit: throttlingLimit, leastPoints: 1, reader, run)
            return (busy + throttled).map { link in
                let what = link.series.kind == .cpu ? "uses" : "is throttled in"
                let of = link.series.kind == .cpu ? "of the CPU it may have" : "of its scheduling periods"
                return link.finding(
                    "F25",
                    kind,
                    what: "\(link.service) \(what) \(Wording.percent(link.peak)) \(of)",
                    suggestion: "Give \(link.service) more CPU or instances, or find what computes so much.",
                    in: reader.test
                )
            }
        }
    }
}

extension FindingDetector where Self == CPUSaturationDetector {
    package static var cpuSaturation: Self { Self() }
}
