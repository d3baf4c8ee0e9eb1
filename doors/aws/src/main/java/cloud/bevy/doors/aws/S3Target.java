package cloud.bevy.doors.aws;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a request is about: nothing, a bucket, or an object in a bucket. Names are decoded and not
/// yet checked.
record S3Target(Optional<String> bucket, Optional<String> key) {
  private static final Pattern VIRTUAL_HOST =
      Pattern.compile("(.+)\\.s3[.-][a-z0-9.-]+|(.+)\\.localhost");

  /// What a target can be.
  enum Level {
    /// The buckets of the caller.
    SERVICE,
    /// One bucket.
    BUCKET,
    /// One object.
    OBJECT
  }

  /// Finds the target in the host (`BUCKET.s3.localhost`, `BUCKET.localhost`) or in the path
  /// (`/BUCKET/KEY`).
  ///
  /// @param host the `Host` header
  /// @param path the path as sent
  /// @return nothing where an escape or the UTF-8 is broken
  static Optional<S3Target> read(String host, String path) {
    String rest = path.startsWith("/") ? path.substring(1) : path;
    Optional<String> virtual = bucketOf(host);
    if (virtual.isPresent()) {
      return decoded(virtual, rest);
    }
    int slash = rest.indexOf('/');
    Optional<String> bucket = AwsUri.decode(slash < 0 ? rest : rest.substring(0, slash));
    if (bucket.isEmpty()) {
      return Optional.empty();
    }
    return rest.isEmpty()
        ? Optional.of(new S3Target(Optional.empty(), Optional.empty()))
        : decoded(bucket, slash < 0 ? "" : rest.substring(slash + 1));
  }

  /// The bucket in a host's name.
  static Optional<String> bucketOf(String host) {
    String name = withoutPort(host.toLowerCase(Locale.ROOT));
    boolean below = name.endsWith(".localhost") || name.contains(".s3");
    if (!below) {
      return Optional.empty();
    }
    Matcher virtual = VIRTUAL_HOST.matcher(name);
    if (!virtual.matches() || name.equals("s3.localhost")) {
      return Optional.empty();
    }
    return Optional.ofNullable(virtual.group(1)).or(() -> Optional.of(virtual.group(2)));
  }

  /// What this target is.
  Level level() {
    if (bucket.isEmpty()) {
      return Level.SERVICE;
    }
    return key.isEmpty() ? Level.BUCKET : Level.OBJECT;
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon >= 0 && host.chars().skip(colon + 1).allMatch(c -> c >= '0' && c <= '9');
    return port ? host.substring(0, colon) : host;
  }

  private static Optional<S3Target> decoded(Optional<String> bucket, String key) {
    return AwsUri.decode(key)
        .map(text -> new S3Target(bucket, text.isEmpty() ? Optional.empty() : Optional.of(text)));
  }
}
