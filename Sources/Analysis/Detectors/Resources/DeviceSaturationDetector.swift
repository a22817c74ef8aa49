/// F28: the disk or the network was busy all the time, or tasks stood waiting for a device (PSI).
package struct DeviceSaturationDetector: FindingDetector {
    package let kind = "device_saturation"
    var deviceLimit = 0.9
    var pressureLimit = 0.2
    var minimumPoints = 3

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        run.findings { reader in
            let devices = ResourceLink.all(
                [.disk, .network],
                limit: deviceLimit,
                leastPoints: minimumPoints,
                reader,
                run
            )
            let pressure = ResourceLink.all(
                [.pressure],
                limit: pressureLimit,
                leastPoints: minimumPoints,
                reader,
                run
            )
            return (devices + pressure).map { link in
                let what =
                    switch link.series.kind {
                    case .disk: "the disk of \(link.service) is busy \(Wording.percent(link.peak)) of the time"
                    case .network: "the network of \(link.service) is used to \(Wording.percent(link.peak))"
                    default: "tasks of \(link.service) wait for a resource \(Wording.percent(link.peak)) of the time"
                    }
                return link.finding(
                    "F28",
                    kind,
                    what: what,
                    suggestion: "See who else uses the device, and read or send less at once.",
                    in: reader.test
                )
            }
        }
    }
}

extension FindingDetector where Self == DeviceSaturationDetector {
    package static var deviceSaturation: Self { Self() }
}
