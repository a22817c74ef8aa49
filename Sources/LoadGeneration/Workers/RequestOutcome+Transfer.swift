import Curl
import Plans
import Telemetry

extension RequestOutcome {
    init(_ result: TransferResult, expecting expectation: ResponseExpectation) {
        switch result.failure {
        case nil: self = expectation.accepts(status: result.status) ? .completed : .status
        case .timeout: self = .timeout
        case .dns: self = .dns
        case .refused: self = .refused
        case .reset: self = .reset
        case .tls: self = .tls
        case .invalidRequest, .tooLarge, .queueFull, .exhausted, .cancelled, .transport: self = .transport
        }
    }
}
