package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.Ticket;

/// What became of an append: where its blocks are, and a claim on their durability.
///
/// @param start index of the first block appended
/// @param length of the core with the blocks
/// @param byteStart how many bytes the core had before
/// @param ticket says when they are durable
/// @param handover of them to the store; what is to be durable only with them is appended behind
///   that: [Core#give(long, List, List)]
public record Append(long start, long length, long byteStart, Ticket ticket, Handover handover) {}
