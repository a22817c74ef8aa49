/// What the normaliser wants to know of a span, and the attribute names that tell it: the stable name first, then
/// the legacy ones (`spec/wire.md` section 3.1).
///
/// With `…/dup` a sender uses both; the first name with a value wins.
package enum SemanticConcept: CaseIterable, Sendable {
    case httpMethod, httpRoute, urlTemplate, urlPath, urlFull, httpStatus
    case dbSystem, dbSummary, dbText, dbOperation, dbCollection, dbProcedure, dbNamespace, dbBatchSize, dbStatus
    case rpcSystem, rpcService, rpcMethod, rpcStatus
    case messagingSystem, messagingOperation, messagingTemplate, messagingDestination, messagingIsTemporary
    case faasTrigger, faasName
    case errorType

    package var names: [String] {
        switch self {
        case .httpMethod: ["http.request.method", "http.method"]
        case .httpRoute: ["http.route"]
        case .urlTemplate: ["url.template"]
        case .urlPath: ["url.path", "http.target"]
        case .urlFull: ["url.full", "http.url"]
        case .httpStatus: ["http.response.status_code", "http.status_code"]
        case .dbSystem: ["db.system.name", "db.system"]
        case .dbSummary: ["db.query.summary"]
        case .dbText: ["db.query.text", "db.statement"]
        case .dbOperation: ["db.operation.name", "db.operation"]
        case .dbCollection: ["db.collection.name", "db.sql.table", "db.mongodb.collection", "db.cassandra.table"]
        case .dbProcedure: ["db.stored_procedure.name"]
        case .dbNamespace: ["db.namespace", "db.name", "db.redis.database_index"]
        case .dbBatchSize: ["db.operation.batch.size"]
        case .dbStatus: ["db.response.status_code"]
        case .rpcSystem: ["rpc.system.name", "rpc.system"]
        case .rpcService: ["rpc.service"]
        case .rpcMethod: ["rpc.method"]
        case .rpcStatus: ["rpc.status_code", "rpc.response.status_code", "rpc.grpc.status_code"]
        case .messagingSystem: ["messaging.system"]
        case .messagingOperation: ["messaging.operation.name", "messaging.operation.type", "messaging.operation"]
        case .messagingTemplate: ["messaging.destination.template"]
        case .messagingDestination: ["messaging.destination.name", "messaging.destination"]
        case .messagingIsTemporary: ["messaging.destination.temporary", "messaging.destination.anonymous"]
        case .faasTrigger: ["faas.trigger"]
        case .faasName: ["faas.invoked_name", "faas.name"]
        case .errorType: ["error.type"]
        }
    }

    /// The concept of each attribute name that the normaliser reads: spans that agree in these normalise alike.
    package static let byAttributeName: [String: SemanticConcept] = Dictionary(
        uniqueKeysWithValues: allCases.flatMap { concept in concept.names.map { ($0, concept) } }
    )

    /// Whether a value of this concept makes the raw path of a span irrelevant, because it is the path's template.
    package func replacesPath(for kind: SpanKind) -> Bool {
        self == (kind == .client ? .urlTemplate : .httpRoute)
    }

    /// Whether it is the raw path, different in almost every span.
    package var isPath: Bool { self == .urlPath || self == .urlFull }
}
