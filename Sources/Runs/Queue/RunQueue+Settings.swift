extension RunQueue {
    package struct Settings: Sendable {
        /// Folder below which projects lie; `nil` allows no run.
        package var projects: String?
        package var store: String
        /// Artifacts go into a folder of their own below it.
        package var output: String
        package var environment: [String: String]
        /// Runs that are not over, at most.
        package var waiting = 32
        /// Runs that are over and still shown, at most.
        package var kept = 100
        /// Runs at once, of different targets: each takes processor time from the others.
        package var atOnce = 2
        package var watchersPerRun = 16

        package init(projects: String?, store: String, output: String, environment: [String: String]) {
            self.projects = projects
            self.store = store
            self.output = output
            self.environment = environment
        }
    }
}
