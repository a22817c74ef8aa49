import Curl
import FoundationEssentials
import Plans

/// The plan that stands behind a `plimsoll load` command.
struct FirstLookPlan {
    let plan: TestPlan
    /// Method and address without query and credentials.
    let title: String

    /// - Throws: `RunFailure.badOption` with one sentence, without secrets.
    init(_ settings: FirstLookSettings) throws {
        let address = try FirstLookPlan.address(settings.url)
        title = "\(settings.method) \(address.display)"
        var test = TestDefinition(
            type: .load,
            name: title,
            method: settings.method,
            path: address.path,
            headers: try FirstLookPlan.headers(settings),
            body: try FirstLookPlan.body(settings),
            expectation: ResponseExpectation(statuses: settings.statuses),
            rate: .constant(settings.rate, for: settings.duration),
            arrivals: settings.isPoisson ? .poisson : .uniform,
            duration: settings.duration,
            warmup: settings.warmup,
            timeout: settings.timeout,
            connections: settings.connections,
            seed: settings.seed
        )
        if let users = settings.users {
            test.type = .concurrency
            test.connections = users
            test.procedure = .users(
                ConcurrencySettings(users: [users], step: settings.duration, settle: settings.warmup)
            )
        }
        test.transport = try FirstLookPlan.transport(settings)
        var target = TargetPlan(baseURL: address.base)
        target.transport = test.transport
        plan = TestPlan(lineageID: "load", moduleID: "load", editionID: "default", target: target, tests: [test])
    }

    private static func address(_ text: String) throws -> (base: String, path: String, display: String) {
        // As people type it.
        let url = text.contains("://") ? text : "http://" + text
        guard let scheme = url.firstRange(of: "://") else { throw RunFailure.badOption("\(text) is no URL") }
        let authority = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.contains("@") else {
            throw RunFailure.badOption("credentials do not belong in a URL; give them with --user name:password")
        }
        do throws(CurlError) {
            let parsed = try TargetURL(url)
            let base = String(url[..<authority.endIndex])
            let rest = url[authority.endIndex...].prefix { $0 != "#" }
            let path = rest.hasPrefix("/") ? String(rest) : "/" + rest
            return (base, path, parsed.display)
        } catch {
            throw RunFailure.badOption("\(url.prefix { $0 != "?" }): \(error.description)")
        }
    }

    private static func headers(_ settings: FirstLookSettings) throws -> [HeaderField] {
        var fields = try settings.headers.map { line in
            guard let colon = line.firstIndex(of: ":") else {
                throw RunFailure.badOption("--header wants `Name: value`")
            }
            let name = String(line[..<colon])
            let value = String(line[line.index(after: colon)...].drop { $0 == " " })
            guard HTTPHeader(name: name, value: value).isWellFormed else {
                throw RunFailure.badOption("the header \(name.debugDescription) cannot be sent")
            }
            return HeaderField(name: name, value: value)
        }
        if let user = settings.user {
            guard user.contains(":") else { throw RunFailure.badOption("--user wants name:password") }
            fields.append(HeaderField(name: "Authorization", value: "Basic " + Base64.encode(Array(user.utf8))))
        }
        return fields
    }

    private static func body(_ settings: FirstLookSettings) throws -> RequestBody? {
        switch (settings.body, settings.bodyFile) {
        case (nil, nil): return nil
        case (let text?, nil):
            // What reads as JSON is sent as JSON.
            let isJSON = "{[".contains(text.first ?? " ") && JSONParser.parse(Array(text.utf8)) != nil
            return isJSON ? .json(text) : .text(text)
        case (nil, let path?):
            guard let data = FileManager.default.contents(atPath: path) else {
                throw RunFailure.badOption("--body-file: cannot read \(path)")
            }
            return .file(path: path, contents: [UInt8](data))
        case (_?, _?): throw RunFailure.badOption("--body and --body-file are both given; keep one of them")
        }
    }

    private static func transport(_ settings: FirstLookSettings) throws -> TransportPlan {
        var transport = TransportPlan()
        transport.version = settings.usesHTTP2 ? .http2 : .http1
        transport.keepsConnections = settings.keepsConnections
        transport.redirectLimit = settings.redirectLimit
        transport.unixSocket = settings.unixSocket
        if let proxy = settings.proxy {
            guard !proxy.contains("@") else {
                throw RunFailure.badOption("a proxy with a password needs a plan: target.proxy")
            }
            transport.proxy = ProxyPlan(url: proxy)
        }
        for (option, path) in [
            ("--cacert", settings.authorities), ("--cert", settings.certificate), ("--key", settings.key),
        ] {
            if let path, !FileManager.default.isReadableFile(atPath: path) {
                throw RunFailure.badOption("\(option): cannot read \(path)")
            }
        }
        transport.tls.authorities = settings.authorities
        transport.tls.certificate = settings.certificate
        transport.tls.key = settings.key
        transport.tls.verifies = settings.verifies
        return transport
    }
}
