/// The first trace that fell into each bucket of a histogram; like that, it stores the window of buckets in use.
struct BucketMarks {
    private static let none: Int32 = -1

    private var firstBucket = 0
    private var marks: [Int32] = []

    init() {}

    /// Marks a bucket, unless an earlier trace has.
    mutating func mark(_ bucket: Int, with trace: Int32) {
        if marks.isEmpty {
            firstBucket = bucket
        } else if bucket < firstBucket {
            marks.insert(contentsOf: repeatElement(BucketMarks.none, count: firstBucket - bucket), at: 0)
            firstBucket = bucket
        }
        let missing = bucket - firstBucket - marks.count + 1
        if missing > 0 { marks.append(contentsOf: repeatElement(BucketMarks.none, count: missing)) }
        if marks[bucket - firstBucket] == BucketMarks.none { marks[bucket - firstBucket] = trace }
    }

    /// `nil` for a bucket into which none fell.
    subscript(bucket: Int) -> Int32? {
        let index = bucket - firstBucket
        guard marks.indices.contains(index), marks[index] != BucketMarks.none else { return nil }
        return marks[index]
    }
}
