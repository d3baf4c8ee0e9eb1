package cloud.bevy.doors.control;

/// Says where an app can be reached.
@FunctionalInterface
public interface AppAddress {
  /// The address of an app.
  ///
  /// @return a URL: `http://notes.localhost:4566/`
  String of(String cloud, String app);
}
