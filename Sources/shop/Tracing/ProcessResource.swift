import FoundationEssentials
import Glibc

/// Who this process is, as every one of its spans says.
enum ProcessResource {
    /// Of what runs here; another one than the service had before is a deploy.
    static let version: String = {
        let given = ProcessInfo.processInfo.environment["SHOP_VERSION"] ?? ""
        return given.isEmpty ? "1.0.0" : given
    }()

    static func attributes(of service: ServiceName, port: Int) -> [String: String] {
        [
            "service.name": service.rawValue,
            "service.namespace": "shop",
            "service.instance.id": "127.0.0.1:\(port)",
            "service.version": version,
            "host.name": hostName,
            "telemetry.sdk.name": "plimsoll",
            "telemetry.sdk.language": "swift",
        ]
    }

    private static var hostName: String {
        var name = utsname()
        guard uname(&name) == 0 else { return "localhost" }
        return withUnsafeBytes(of: name.nodename) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
