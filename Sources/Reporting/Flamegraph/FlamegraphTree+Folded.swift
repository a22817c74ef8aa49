extension FlamegraphTree {
    /// One line a frame with time of its own, sorted; `names` stand before the root.
    func folded(under names: [String] = []) -> [String] {
        var stacks: [String] = []
        for (index, frame) in frames.enumerated() {
            if index == 0, hasMadeUpRoot {
                stacks.append(names.map(FlamegraphTree.foldedName).joined(separator: ";"))
                continue
            }
            let name = FlamegraphTree.foldedName(frame.label)
            let caller = frame.parent.map { stacks[$0] } ?? names.map(FlamegraphTree.foldedName).joined(separator: ";")
            stacks.append(caller.isEmpty ? name : caller + ";" + name)
        }
        var weights: [String: Int] = [:]
        for (index, frame) in frames.enumerated() {
            // Whole numbers only: several readers of the format take nothing else.
            let weight = Int(Quantity.whole(frame.own * unitsPerFolded))
            if weight > 0 { weights[stacks[index], default: 0] += weight }
        }
        return weights.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    }

    // `;` parts frames, and the last space parts the number.
    private static func foldedName(_ name: String) -> String { name.replacing(";", with: ",") }
}
