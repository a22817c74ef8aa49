import HTTPTypes
import Runs

extension Problem {
    init(_ error: RunQueueError) {
        switch error {
        case .notAllowed: self.init(.forbidden, "\(error)")
        case .badProject: self.init(.unprocessableContent, "\(error)")
        case .full: self.init(.tooManyRequests, "\(error)")
        case .unknown: self.init(.notFound, "\(error)")
        case .stopped: self.init(.serviceUnavailable, "\(error)")
        case .wrongState: self.init(.conflict, "\(error)")
        }
    }
}
