import Baselines
import Runs

/// A watch over a store that receives nothing.
enum Watching {
    static func of(_ store: BaselineStore) -> Watch { Watch(settings: WatchSettings(), store: store) }
}
