package cloud.bevy.foundation.base;

/// The machine itself.
public final class RealWorld {
  private RealWorld() {}
}
