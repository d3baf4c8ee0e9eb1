package cloud.bevy.services.tables;

import cloud.bevy.foundation.base.Chance;
import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.Log;
import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.Time;
import cloud.bevy.foundation.base.World;
import java.time.Duration;
import java.time.Instant;

/// The real world with a wall clock that goes on only when a test says so.
final class ClockedWorld implements World, Time {
  private final World real = RealWorld.create((level, sentence) -> {});
  private volatile Instant now = Instant.parse("2026-11-26T10:00:00Z");

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanos() {
    return real.time().nanos();
  }

  @Override
  public Time time() {
    return this;
  }

  @Override
  public Chance chance() {
    return real.chance();
  }

  @Override
  public Tasks tasks() {
    return real.tasks();
  }

  @Override
  public Disk disk() {
    return real.disk();
  }

  @Override
  public Network network() {
    return real.network();
  }

  @Override
  public Log log() {
    return real.log();
  }
}
