import Curl

/// How a gRPC call ended.
struct GRPCReply {
    /// `grpc-status`; `nil` when there is none, as in an answer that is not gRPC.
    var status: Int?
    var message = ""
    /// `grpc-status-details-bin`, in base64.
    var details = ""
    /// Of the one message, without its prefix.
    var body: [UInt8] = []
    var httpStatus = 0

    init(_ response: HTTPResponse) {
        status = response.header("grpc-status").flatMap { Int($0) }
        message = response.header("grpc-message") ?? ""
        details = response.header("grpc-status-details-bin") ?? ""
        body = Array(response.body.dropFirst(5))
        httpStatus = response.status
    }

    init(headers: [(name: String, value: String)], data: [UInt8]) {
        func value(_ name: String) -> String? { headers.last { $0.name == name }?.value }
        status = value("grpc-status").flatMap { Int($0) }
        message = value("grpc-message") ?? ""
        details = value("grpc-status-details-bin") ?? ""
        body = Array(data.dropFirst(5))
        httpStatus = value(":status").flatMap { Int($0) } ?? 0
    }
}
