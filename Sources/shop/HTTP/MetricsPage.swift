import HTTPTypes
import Hummingbird

/// `/metrics`, in Prometheus' text format 0.0.4.
struct MetricsPage {
    var service: ServiceName
    var counters: RequestCounters

    func response() -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text(ProcessUsage.current())))
        )
    }

    /// Without `usage` the process metrics are left out: no value is better than a wrong one.
    func text(_ usage: ProcessUsage?) -> String {
        var lines: [String] = []
        if let usage {
            lines += [
                "# HELP process_cpu_seconds_total User and system CPU time.",
                "# TYPE process_cpu_seconds_total counter",
                "process_cpu_seconds_total \(usage.cpuSeconds)",
                "# HELP process_resident_memory_bytes Resident memory.",
                "# TYPE process_resident_memory_bytes gauge",
                "process_resident_memory_bytes \(usage.residentBytes)",
            ]
        }
        lines += [
            "# HELP http_server_requests_total Requests answered.",
            "# TYPE http_server_requests_total counter",
        ]
        for (key, count) in counters.snapshot() {
            let labels = [
                "service=\"\(service.rawValue)\"", "method=\"\(key.method)\"", "route=\"\(key.route)\"",
                "status=\"\(key.status)\"",
            ]
            lines.append("http_server_requests_total{\(labels.joined(separator: ","))} \(count)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
