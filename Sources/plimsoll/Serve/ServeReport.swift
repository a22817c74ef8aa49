import Glibc
import Runs

/// Says on standard error when the watch or its checks get into trouble and when it is over; otherwise it is silent.
struct ServeReport {
    let watch: Watch
    let checks: CheckWatch?

    func run() async {
        var last: (error: String?, lost: Int) = (nil, 0)
        var lastTrouble: String?
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
            last = (progress.lastError, progress.lostWindows)
            let trouble = checks?.progress.lastError
            if let trouble, trouble != lastTrouble { writeLine("plimsoll: \(trouble)", to: STDERR_FILENO) }
            lastTrouble = trouble
        }
    }
}
