import Curl

extension WorkerAssignment {
    /// Carries the assignment out on the calling thread.
    ///
    /// - Throws: when the machine refuses what a loop needs.
    func run() throws(CurlError) -> WorkerTally {
        switch recipe {
        case .request(let recipe): try LoadWorker.run(self, recipe)
        case .flow(let recipe): try FlowWorker.run(self, recipe)
        }
    }
}
