import Telemetry
import TestSupport
import Testing

@testable import OTLP

struct PprofReaderTests {
    private static let strings = [
        "", "samples", "count", "cpu", "nanoseconds", "main", "sort", "swap", "/usr/lib/libc.so.6", "main.go",
    ]

    /// main calls sort, into which swap was inlined; and a location of libc without a symbol.
    private static func profile(_ more: (inout ProtobufWriter) -> Void = { _ in }) -> [UInt8] {
        WireMessage.make { profile in
            for (type, unit) in [(1, 2), (3, 4)] {
                profile.message(1) { value in
                    value.varint(1, UInt64(type))
                    value.varint(2, UInt64(unit))
                }
            }
            for (locations, count, time) in [([2, 1], 3, 300), ([1], 2, 200), ([3, 1], 1, 100)]
                as [([UInt8], UInt64, UInt64)]
            {
                profile.message(2) { sample in
                    sample.bytes(1, locations)
                    sample.varint(2, count)
                    sample.varint(2, time)
                }
            }
            profile.message(3) { mapping in
                mapping.varint(1, 1)
                mapping.varint(5, 8)
            }
            for (id, functions) in [(1, [1]), (2, [3, 2]), (3, [])] as [(UInt64, [UInt64])] {
                profile.message(4) { location in
                    location.varint(1, id)
                    location.varint(2, 1)
                    for function in functions { location.message(4) { $0.varint(1, function) } }
                }
            }
            for (id, name) in [(1, 5), (2, 6), (3, 7)] as [(UInt64, UInt64)] {
                profile.message(5) { function in
                    function.varint(1, id)
                    function.varint(2, name)
                    function.varint(4, 9)
                }
            }
            for text in strings { profile.bytes(6, Array(text.utf8)) }
            more(&profile)
        }
    }

    private func stacks(_ profile: StackProfile) -> [String: Double] {
        var result: [String: Double] = [:]
        for stack in profile.stacks {
            result[stack.frames.map { profile.frames[Int($0)].name }.joined(separator: ";")] = stack.weight
        }
        return result
    }

    @Test func `stacks are root first, inlined functions under what they were inlined into`() throws {
        #expect(PprofReader.matches(Self.profile()))
        let profile = try PprofReader.read(Self.profile())
        #expect(profile.unit == "nanoseconds")
        #expect(stacks(profile) == ["main;sort;swap": 300, "main": 200, "main;[libc.so.6]": 100])
        #expect(profile.frames.first { $0.name == "main" }?.module == "main.go")
    }

    @Test func `a value is chosen by its name`() throws {
        let profile = try PprofReader.read(Self.profile(), sampleType: "samples")
        #expect(profile.unit == "samples")
        #expect(profile.total == 6)
        #expect(throws: PprofError.noSuchSampleType("heap", known: ["samples", "cpu"])) {
            try PprofReader.read(Self.profile(), sampleType: "heap")
        }
    }

    @Test func `the profile's own default comes before the last`() throws {
        #expect(try PprofReader.read(Self.profile { $0.varint(14, 1) }).unit == "samples")
    }

    @Test func `indices that lead nowhere are unnamed, not a crash`() throws {
        let profile = Self.profile { more in
            more.message(2) { sample in
                sample.bytes(1, [77, 1])
                sample.varint(2, 1)
                sample.varint(2, 50)
            }
            more.message(5) { function in
                function.varint(1, 1)
                function.varint(2, .max)
            }
        }
        #expect(try PprofReader.read(profile).total == 650)
    }

    @Test func `damaged and foreign bytes are refused`() {
        let good = Self.profile()
        for end in stride(from: 1, to: good.count, by: 7) {
            // A cut may fall between fields; then what is left is a smaller profile.
            _ = try? PprofReader.read(Array(good[..<end]))
        }
        #expect(throws: PprofError.malformed) { try PprofReader.read([0xFF, 0xFF, 0xFF]) }
        #expect(!PprofReader.matches(Array("main;sort 42".utf8)))
        #expect(!PprofReader.matches([]))
    }
}
