import Testing

/// Real processes on loopback, one at a time: two at once would share the cores and measure each other.
@Suite(.serialized) enum EndToEnd {}
