package cloud.bevy.hyper.core;

/// Ends what was begun, when closed. Closing it again does nothing.
public interface Registration extends AutoCloseable {
  @Override
  void close();
}
