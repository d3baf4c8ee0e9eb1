package cloud.bevy.testing.simulator;

import cloud.bevy.foundation.base.Chance;
import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.Log;
import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.Time;
import cloud.bevy.foundation.base.World;

/// The real world, of which a test replaces a part: for what needs real sockets or processes, and
/// cannot run in a simulated one.
public abstract class PartlyRealWorld implements World {
  private final World real;

  /// @param real what is not replaced
  protected PartlyRealWorld(World real) {
    this.real = real;
  }

  @Override
  public Time time() {
    return real.time();
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
