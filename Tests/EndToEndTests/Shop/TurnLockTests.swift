import Testing

@testable import shop

struct TurnLockTests {
    @Test func `a turn is one task's alone`() async {
        let lock = TurnLock()
        let turn = Turn()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    await lock.withTurn {
                        await turn.enter()
                        await Task.yield()
                        await turn.leave()
                    }
                }
            }
        }
        #expect(await turn.most == 1)
        #expect(await turn.taken == 50)
    }
}

private actor Turn {
    private var inside = 0
    private(set) var most = 0
    private(set) var taken = 0

    func enter() {
        inside += 1
        taken += 1
        most = max(most, inside)
    }

    func leave() {
        inside -= 1
    }
}
