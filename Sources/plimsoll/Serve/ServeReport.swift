import Glibc
import Runs

/// Says on standard error when the watch or its checks get into trouble and when it is over; otherwise it is silent.
struct ServeReport {
    let watch: Watch
    let checks: CheckWatch?

    func run() async {
        var last: (error: String?, lost: Int) = (nil, 0)
        var lastTrouble: String?
        var refused = 0
        while (try? await Task.sleep(for: .seconds(2))) != nil {
            let progress = watch.progress
            if progress.lastError != last.error {
                writeLine(
                    progress.lastError.map { "windows wait to be stored: \($0)" } ?? "windows are being stored again",
                    to: STDERR_FILENO
                )
            }
            if progress.lostWindows > last.lost {
                writeLine("\(progress.lostWindows) windows are lost: the store refuses for too long", to: STDERR_FILENO)
            }
            // Said again when there are twice as many: whoever makes them could fill a disk otherwise.
            if progress.refusedConnections > 2 * refused {
                refused = progress.refusedConnections
                writeLine(
                    "\(refused) connections were refused: their ports are full of requests (--connections-per-peer)",
                    to: STDERR_FILENO
                )
            }
            last = (progress.lastError, progress.lostWindows)
            let trouble = checks?.progress.lastError
            if let trouble, trouble != lastTrouble { writeLine("plimsoll: \(trouble)", to: STDERR_FILENO) }
            lastTrouble = trouble
        }
    }
}
