import CLibcurl
import Glibc

/// A libcurl header list whose first lines are rewritten in place, followed by lines that all transfers share.
///
/// The list never changes shape after `init`, so libcurl is told of it once and no request allocates. Lines may only be
/// rewritten while no transfer that uses the list is running.
final class HeaderLines {
    private let nodes: UnsafeMutablePointer<curl_slist>
    private let count: Int
    private var capacities: [Int]
    // Keeps the shared tail alive.
    private let tail: HeaderLines?

    /// `nil` when there is no line at all.
    var head: UnsafeMutablePointer<curl_slist>? { count > 0 ? nodes : tail?.head }

    /// - Parameters:
    ///   - lines: `Name: value` without line ends.
    ///   - tail: shared lines that follow; they are not copied.
    init(_ lines: [String], followedBy tail: HeaderLines? = nil) {
        count = lines.count
        self.tail = tail
        nodes = .allocate(capacity: max(1, lines.count))
        capacities = [Int](repeating: 0, count: lines.count)
        for index in lines.indices {
            let next = index + 1 < lines.count ? nodes + index + 1 : tail?.head
            (nodes + index).initialize(to: curl_slist(data: nil, next: next))
            set(index, to: Array(lines[index].utf8))
        }
    }

    deinit {
        for index in 0..<count { free(nodes[index].data) }
        nodes.deallocate()
    }

    /// All lines, those of the tail included, but for headers with these lower-case names.
    func lines(without names: Set<String>) -> [String] {
        var lines: [String] = []
        var node = head
        while let line = node {
            if let data = line.pointee.data {
                let text = String(cString: data)
                let name = text.prefix { $0 != ":" && $0 != ";" }.lowercased()
                if !names.contains(name) { lines.append(text) }
            }
            node = line.pointee.next
        }
        return lines
    }

    /// Rewrites one of the first lines; allocates only when the new text is longer than any before.
    func set(_ index: Int, to line: [UInt8]) {
        precondition(index < count, "only the list's own lines can be rewritten")
        if capacities[index] <= line.count {
            let capacity = line.count + 32
            free(nodes[index].data)
            // One pointer's worth of memory missing ends the process here as it would in any Swift array.
            let data = UnsafeMutableRawPointer(realloc(nil, capacity)!).bindMemory(to: CChar.self, capacity: capacity)
            nodes[index].data = data
            capacities[index] = capacity
        }
        guard let data = nodes[index].data else { return }
        line.withUnsafeBytes { bytes in
            if let base = bytes.baseAddress { memcpy(data, base, bytes.count) }
        }
        data[line.count] = 0
    }
}
