package cloud.bevy.services.buckets;

import java.util.Locale;
import java.util.Optional;

/// Whether a bucket keeps what is overwritten and deleted.
public enum Versioning {
  /// It never has: there is one version of a key at most, `null`.
  OFF,
  /// It does.
  ENABLED,
  /// It keeps what it had when this was set, and one version more of each key, `null`.
  SUSPENDED;

  /// What stands for it in the bucket's settings; nothing where it was never set.
  Optional<String> setting() {
    return this == OFF ? Optional.empty() : Optional.of(name().toLowerCase(Locale.ROOT));
  }

  static Versioning of(Optional<String> setting) {
    return setting.map(text -> valueOf(text.toUpperCase(Locale.ROOT))).orElse(OFF);
  }
}
