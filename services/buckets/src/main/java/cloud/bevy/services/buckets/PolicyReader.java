package cloud.bevy.services.buckets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a bucket policy, and says what is wrong with one that is not to be used.
public final class PolicyReader {
  /// The longest policy, in bytes.
  public static final int LONGEST = 20 << 10;

  private static final String NEWEST = "2012-10-17";
  private static final Set<String> VERSIONS = Set.of("2008-10-17", NEWEST);
  private static final Set<String> FIELDS = Set.of("Version", "Id", "Statement");

  private PolicyReader() {}

  /// What a text is.
  public sealed interface Reading {
    /// A policy.
    record Read(Policy policy) implements Reading {}

    /// None, or none that makes sense for the bucket.
    record Malformed(String reason) implements Reading {}
  }

  /// Reads a policy.
  ///
  /// @param bucket the name of the bucket that it is for
  public static Reading read(String text, String bucket) {
    try {
      return new Reading.Read(policy(text, bucket));
    } catch (Malformed malformed) {
      return new Reading.Malformed(String.valueOf(malformed.getMessage()));
    }
  }

  /// The policy that was stored, which was read before for its bucket.
  ///
  /// @throws BucketFault if it is none after all
  static Policy stored(String text) {
    try {
      return policy(text, "");
    } catch (Malformed malformed) {
      throw new BucketFault("its policy is none: " + malformed.getMessage());
    }
  }

  private static Policy policy(String text, String bucket) throws Malformed {
    Map<String, Object> fields = json(text);
    for (String name : fields.keySet()) {
      if (!FIELDS.contains(name)) {
        throw new Malformed("Unknown field " + name);
      }
    }
    Object version = fields.getOrDefault("Version", "2008-10-17");
    if (!(version instanceof String known) || !VERSIONS.contains(known)) {
      throw new Malformed("The policy must contain a valid version string");
    }
    if (fields.get("Id") != null && !(fields.get("Id") instanceof String)) {
      throw new Malformed("Policy has an invalid Id");
    }
    List<PolicyStatement> statements = new ArrayList<>();
    for (Object statement : list(fields.get("Statement"))) {
      if (!(statement instanceof Map<?, ?> map)) {
        throw new Malformed("Statement is not an object");
      }
      statements.add(new StatementReader(map, bucket).read());
    }
    if (statements.isEmpty()) {
      throw new Malformed("Missing required field Statement");
    }
    return new Policy(version.equals(NEWEST), statements);
  }

  private static Map<String, Object> json(String text) throws Malformed {
    if (text.indexOf(Wildcard.LITERALLY) >= 0
        || text.toLowerCase(Locale.ROOT).contains("\\u0000")) {
      throw new Malformed("Policies must not contain the character U+0000");
    }
    try {
      return JsonText.read(text);
    } catch (BucketFault notJson) {
      throw new Malformed("Policies must be valid JSON and the first byte must be '{'");
    }
  }

  /// What stands alone or in a list.
  static List<?> list(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> list -> list;
      case Object alone -> List.of(alone);
    };
  }

  /// Says what is wrong.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String reason) {
      super(reason);
    }

    /// Refusals are answers, not faults.
    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }
}
