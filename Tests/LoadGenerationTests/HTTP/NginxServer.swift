import Foundation
import Glibc
import TestSupport

/// nginx in a process of its own, on free ports of loopback: plain, TLS, HTTP/2 and a Unix socket, with a log of
/// what it saw.
final class NginxServer: Sendable {
    struct Failure: Error {
        var reason: String
    }

    /// One line of its log.
    struct Entry: Hashable {
        var port: Int
        var protocolName: String
        var connection: Int
        var target: String
        var status: Int
        /// `SUCCESS`, `NONE` or a reason.
        var clientCertificate: String
    }

    let folder: String
    /// HTTP/1.1, `/private` with basic authentication (load:s3cret), `/once` closes the connection.
    let plainPort: Int
    /// HTTP/1.1 over TLS.
    let tlsPort: Int
    /// The same, for clients with a certificate alone.
    let clientTLSPort: Int
    /// HTTP/2 over TLS.
    let http2Port: Int
    /// HTTP/2 in plain text.
    let plainHTTP2Port: Int
    var socketPath: String { folder + "/nginx.sock" }
    private let process = Process()
    private let input = Pipe()

    init() throws {
        let certificates = try TestCertificates.made.get()
        // Short, because the path of a socket is.
        folder = "/tmp/nginx-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let ports = try (0..<5).map { _ in try LoopbackServer.closedPort() }
        (plainPort, tlsPort, clientTLSPort) = (ports[0], ports[1], ports[2])
        (http2Port, plainHTTP2Port) = (ports[3], ports[4])
        // MD5 of `s3cret` as Apache writes it.
        try "load:$apr1$plimsoll$\(NginxServer.passwordHash)\n"
            .write(toFile: folder + "/passwords", atomically: true, encoding: .utf8)
        try configuration(certificates).write(toFile: folder + "/nginx.conf", atomically: true, encoding: .utf8)
        process.executableURL = URL(filePath: "/bin/sh")
        // The pipe's end is how the shell learns that this process is gone, however it went.
        process.arguments = [
            "-c",
            """
            PATH=$PATH:/usr/sbin
            nginx -p \(folder) -c \(folder)/nginx.conf -g 'daemon off;' < /dev/null & server=$!
            read line
            kill $server
            """,
        ]
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<500 {
            if FileManager.default.fileExists(atPath: folder + "/nginx.pid"), connects(to: plainPort) { return }
            if !process.isRunning { break }
            usleep(10_000)
        }
        let said = (try? String(contentsOfFile: folder + "/error.log", encoding: .utf8)) ?? "nginx is missing"
        stop()
        throw Failure(reason: "nginx did not start: \(said)")
    }

    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// What it has answered so far, in order; nginx writes its log before a connection serves its next request.
    func log() throws -> [Entry] {
        let text = try String(contentsOfFile: folder + "/access.log", encoding: .utf8)
        return text.split(separator: "\n").map { line in
            // A Unix socket has no port: the first word is then empty.
            let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            return Entry(
                port: Int(words[0]) ?? 0,
                protocolName: words[1],
                connection: Int(words[2]) ?? 0,
                target: words[3],
                status: Int(words[4]) ?? 0,
                clientCertificate: words[5]
            )
        }
    }

    private static let passwordHash = "W0cDaIhfl/2SspJbnvRz30"

    private func configuration(_ certificates: TestCertificates) -> String {
        let tls = """
            ssl_certificate \(certificates.server.certificate); ssl_certificate_key \(certificates.server.key);
            """
        let answers = """
            location / { default_type application/json; return 200 '{"ok":true,"over":"$server_protocol"}'; }
            location /private { auth_basic here; auth_basic_user_file \(folder)/passwords; try_files /none =204; }
            location /away { return 302 /; }
            """
        return """
            worker_processes 1; pid \(folder)/nginx.pid; error_log \(folder)/error.log;
            events { worker_connections 512; }
            http {
                log_format seen '$server_port $server_protocol $connection $request_uri $status $ssl_client_verify.';
                access_log \(folder)/access.log seen; keepalive_requests 100000; keepalive_timeout 60s;
                client_body_temp_path \(folder)/body; proxy_temp_path \(folder)/proxy; fastcgi_temp_path \(folder)/fastcgi;
                uwsgi_temp_path \(folder)/uwsgi; scgi_temp_path \(folder)/scgi;
                server { listen 127.0.0.1:\(plainPort); listen unix:\(socketPath); \(answers) }
                server { listen 127.0.0.1:\(tlsPort) ssl; \(tls) \(answers) }
                server {
                    listen 127.0.0.1:\(clientTLSPort) ssl; \(tls) \(answers)
                    ssl_client_certificate \(certificates.authority); ssl_verify_client on;
                }
                server { listen 127.0.0.1:\(http2Port) ssl http2; \(tls) \(answers) }
                server { listen 127.0.0.1:\(plainHTTP2Port) http2; \(answers) }
            }
            """
    }

    private func connects(to port: Int) -> Bool {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { return false }
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
