import Telemetry
import Testing

struct ErrorClassificationTests {
    struct Row {
        var kind: SpanKind
        var status: SpanStatus
        var attributes: [String: AttributeValue]
        var exceptionType = ""
        /// `nil`: no error.
        var type: String?
    }

    @Test(arguments: [
        Row(kind: .server, status: .unset, attributes: ["http.status_code": 404], type: nil),
        Row(kind: .client, status: .unset, attributes: ["http.status_code": 404], type: "404"),
        Row(kind: .server, status: .unset, attributes: ["http.status_code": "503"], type: "503"),
        Row(kind: .internal, status: .unset, attributes: ["http.status_code": 500], type: nil),
        Row(kind: .server, status: .unset, attributes: ["http.response.status_code": 500], type: "500"),
        Row(kind: .server, status: .ok, attributes: ["http.response.status_code": 500], type: nil),
        Row(kind: .server, status: .error, attributes: ["http.response.status_code": 200], type: "_OTHER"),
        Row(kind: .server, status: .unset, attributes: ["http.status_code": "-"], type: nil),
        Row(kind: .client, status: .unset, attributes: ["http.status_code": 0], type: nil),
        Row(kind: .server, status: .unset, attributes: ["rpc.grpc.status_code": 5], type: nil),
        Row(kind: .client, status: .unset, attributes: ["rpc.grpc.status_code": 5], type: "NOT_FOUND"),
        Row(kind: .server, status: .unset, attributes: ["rpc.grpc.status_code": 14], type: "UNAVAILABLE"),
        Row(kind: .client, status: .unset, attributes: ["rpc.status_code": "OK"], type: nil),
        Row(kind: .client, status: .unset, attributes: ["rpc.status_code": "INTERNAL"], type: "INTERNAL"),
        Row(kind: .internal, status: .unset, attributes: [:], exceptionType: "ValueError", type: nil),
        Row(kind: .internal, status: .error, attributes: [:], exceptionType: "ValueError", type: "ValueError"),
        Row(kind: .client, status: .error, attributes: ["error.type": "timeout"], exceptionType: "E", type: "timeout"),
        Row(kind: .client, status: .error, attributes: ["db.response.status_code": "23505"], type: "23505"),
        Row(kind: .client, status: .unset, attributes: ["error": "false", "error.type": "x"], type: nil),
    ])
    func `tells errors apart`(row: Row) {
        let span = SpanDescription(
            name: "x",
            kind: row.kind,
            status: row.status,
            attributes: row.attributes,
            exceptionType: row.exceptionType
        )
        let normalised = SpanNormaliser.normalise(span)
        #expect(normalised.isError == (row.type != nil))
        #expect(normalised.errorType == row.type ?? "")
    }
}
