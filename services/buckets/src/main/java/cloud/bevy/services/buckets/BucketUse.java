package cloud.bevy.services.buckets;

import java.util.concurrent.locks.ReentrantLock;

/// Counts who is using a bucket, so that its cores are dropped only when nobody is any more.
final class BucketUse {
  private final ReentrantLock lock = new ReentrantLock();
  private final Runnable drop;
  private int users;
  private boolean gone;
  private boolean mayDrop;
  private boolean dropped;

  /// @param drop run once: after the bucket is gone, and when its last user has left
  BucketUse(Runnable drop) {
    this.drop = drop;
  }

  /// Begins a use, unless the bucket is gone.
  boolean enter() {
    lock.lock();
    try {
      if (!gone) {
        users++;
      }
      return !gone;
    } finally {
      lock.unlock();
    }
  }

  /// Ends a use.
  void leave() {
    boolean last;
    lock.lock();
    try {
      users--;
      last = becomesDroppable();
    } finally {
      lock.unlock();
    }
    if (last) {
      drop.run();
    }
  }

  /// Whether the bucket is gone, or is about to be.
  boolean gone() {
    lock.lock();
    try {
      return gone;
    } finally {
      lock.unlock();
    }
  }

  /// Says that the bucket is gone, or that it is not after all.
  ///
  /// @param dropping whether it may be dropped as well
  void setGone(boolean nowGone, boolean dropping) {
    boolean last;
    lock.lock();
    try {
      gone = nowGone;
      mayDrop = dropping;
      last = becomesDroppable();
    } finally {
      lock.unlock();
    }
    if (last) {
      drop.run();
    }
  }

  private boolean becomesDroppable() {
    boolean now = gone && mayDrop && users == 0 && !dropped;
    dropped |= now;
    return now;
  }
}
