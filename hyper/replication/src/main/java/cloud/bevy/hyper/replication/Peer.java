package cloud.bevy.hyper.replication;

import cloud.bevy.hyper.replication.Message.Sync;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/// What one peer has told about one core, and what it was asked: data only, without I/O. Guarded by
/// the lock of the core's [Exchange].
final class Peer {
  /// How many requests are under way to a peer that may be npm's at most: what such peers
  /// themselves allow.
  static final int WINDOW = 512;

  /// How many requests are under way at most to a peer that is one of ours.
  static final int WIDE_WINDOW = 4096;

  /// How many bytes the answers that are under way may have, as far as can be foreseen.
  static final long WINDOW_BYTES = 8 << 20;

  /// After how many answers that there is nothing, or none at all, a peer is asked no more.
  static final int MOST_FAILURES = 1024;

  /// How many requests a JavaScript peer is sent in one batch: it answers none before it has read
  /// all of them.
  static final int MOST_TOGETHER = 32;

  /// About how many bytes its answers to one batch have, which come in one frame: while that is on
  /// its way, the next is being read, and the one before is being checked.
  static final long TOGETHER_BYTES = 256 << 10;

  private static final int LEAST_WINDOW = 16;

  private final Presence presence = new Presence();
  private final Segments segments = new Segments();
  private final Map<Long, Asked> asked = new LinkedHashMap<>();
  private final Deque<Order> orders = new ArrayDeque<>();
  private Sync last = new Sync(0, 0, 0, false, false, true, false, false);
  private boolean synced;
  private boolean suspected;
  private boolean ours;
  private boolean hasAnswered;
  private int failures;
  private long cancelled;
  private long refusedLength = -1;
  private long refusedFork = -1;
  private long blockBytes = 1024;
  private long answerNanos;
  private long lastAnswer = Long.MIN_VALUE / 2;

  /// What a peer is to be told because of what was decided.
  sealed interface Order {
    /// To answer a request.
    record Ask(Asked asked) implements Order {}

    /// That a request needs no answer any more.
    record Cancel(long id) implements Order {}

    /// That it shall tell which blocks of a segment it has.
    record Want(long segment) implements Order {}

    /// That it need not tell so any more.
    record Unwant(long segment) implements Order {}
  }

  Presence presence() {
    return presence;
  }

  Segments segments() {
    return segments;
  }

  /// What it was asked and has not answered, the oldest first.
  Map<Long, Asked> asked() {
    return asked;
  }

  /// What it is to be told, in order.
  Deque<Order> orders() {
    return orders;
  }

  /// What it said last.
  Sync last() {
    return last;
  }

  /// Whether it has said anything.
  boolean synced() {
    return synced;
  }

  /// Notes what it says.
  void heard(Sync sync) {
    if (sync.fork() != last.fork()) {
      presence.clear();
    }
    if (sync.fork() != last.fork() || sync.length() != last.length()) {
      refusedLength = -1;
      refusedFork = -1;
    }
    last = sync;
    synced = true;
  }

  /// Says that it is one of ours, which can be asked more at once.
  void becomeOurs() {
    ours = true;
  }

  boolean ours() {
    return ours;
  }

  /// Asks nothing of it until it has cleared itself.
  void suspect() {
    suspected = true;
  }

  boolean suspected() {
    return suspected;
  }

  /// Whether it can be asked anything at all.
  boolean usable() {
    return synced && last.uploading() && !suspected && failures < MOST_FAILURES;
  }

  /// How many more requests may be sent to it now.
  int room() {
    long fitting = Math.max(LEAST_WINDOW, WINDOW_BYTES / (blockBytes + 1));
    long window = Math.min(ours ? WIDE_WINDOW : WINDOW, fitting);
    return usable() ? (int) Math.max(0, window - asked.size()) : 0;
  }

  /// Says how large blocks are about, as long as it has sent none.
  ///
  /// @param bytes of a block; nothing is known where zero
  void foresee(long bytes) {
    if (!hasAnswered && bytes > 0) {
      blockBytes = bytes;
    }
  }

  /// How many requests to it go into one batch.
  int together() {
    return Math.clamp(TOGETHER_BYTES / (blockBytes + 1), 1, MOST_TOGETHER);
  }

  /// Notes that it did not have what it was asked for, or did not answer.
  void failed() {
    failures++;
  }

  /// Notes a good answer.
  void answered(Asked to, long bytes, long now) {
    failures = 0;
    hasAnswered = true;
    lastAnswer = now;
    answerNanos += (now - to.since() - answerNanos) / 8;
    blockBytes += (bytes - blockBytes) / 8;
  }

  /// When it gave a good answer last.
  long lastAnswer() {
    return lastAnswer;
  }

  /// How long it takes to answer, about.
  long answerNanos() {
    return answerNanos;
  }

  /// Notes that a request to it was taken back, so that its answer may still come.
  void cancelled(long id) {
    cancelled++;
    orders.add(new Order.Cancel(id));
  }

  /// Whether it may send an answer that nobody waits for.
  boolean mayBeLate() {
    boolean late = cancelled > 0;
    cancelled -= late ? 1 : 0;
    return late;
  }

  /// Notes that it cannot prove the length that it has.
  void refuseLength() {
    refusedLength = last.length();
  }

  /// Notes that its fork cannot be followed.
  void refuseFork() {
    refusedFork = last.fork();
  }

  /// Whether it has, and can prove, more blocks than `length`.
  boolean canGrow(long fork, long length) {
    return usable()
        && last.fork() == fork
        && last.length() > length
        && last.canUpgrade()
        && refusedLength != last.length();
  }

  /// Whether a higher fork can be had from it.
  boolean canFork(long fork) {
    return usable() && last.fork() > fork && last.length() > 0 && refusedFork != last.fork();
  }
}
