import Glibc

/// Upper bounds of exponential buckets, to the bit as Prometheus and its clients have them.
///
/// Theirs is a table that Go's `math.Exp2` once made by a recurrence, and not every entry is the double nearest to the
/// power: a bound that is one bit off makes a zero bucket end inside a bucket, which reads as a counter reset.
enum ExponentialBounds {
    static func upperBound(of index: Int32, schema: Int32) -> Double {
        guard schema > 0 else { return scalbn(1, Int(index) << -Int(schema)) }
        let fraction = Int(index) & (1 << Int(schema) - 1)
        return scalbn(table[Int(schema)][fraction], Int(index >> schema) + 1)
    }

    /// By schema: 2^schema bounds from 0.5 up to 1.
    private static let table: [[Double]] = {
        var table: [[Double]] = [[0.5]]
        for schema in 1...8 {
            let factor = exp2AsInGo(exp2AsInGo(-Double(schema)))
            var bounds = [0.5]
            for index in 1..<(1 << schema) {
                // Every second bound is one of the schema before.
                bounds.append(index % 2 == 0 ? table[schema - 1][index / 2] : bounds[index - 1] * factor)
            }
            table.append(bounds)
        }
        return table
    }()

    /// Go's `math.exp2` (FreeBSD's `e_exp.c`), for arguments around zero.
    private static func exp2AsInGo(_ x: Double) -> Double {
        let k = Int(x > 0 ? x + 0.5 : x - 0.5)
        let part = x - Double(k)
        let high = part * 6.93147180369123816490e-01
        let low = -part * 1.90821492927058770002e-10
        let r = high - low
        let t = r * r
        var polynomial = -1.65339022054652515390e-06 + t * 4.13813679705723846039e-08
        polynomial = 6.61375632143793436117e-05 + t * polynomial
        polynomial = -2.77777777770155933842e-03 + t * polynomial
        polynomial = 1.66666666666666657415e-01 + t * polynomial
        let c = r - t * polynomial
        return scalbn(1 - ((low - (r * c) / (2 - c)) - high), k)
    }
}
