import Testing

/// Programs that are not ours, against ours: one at a time, since each brings a server.
@Suite(.serialized) enum Interop {}
