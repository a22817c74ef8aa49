/// The parent of this process has ended, which is no failure of its own.
struct ParentGone: Error {}
