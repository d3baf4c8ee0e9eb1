package cloud.bevy.cluster.cloud;

import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The bytes of an [AccessKey] before they are sealed, described in docs/formats/registry.md.
final class AccessKeyRecord {
  /// A key of the cloud's owner, for everything.
  private static final int UNLIMITED = 1;

  /// A key with [AccessKeyLimits].
  private static final int LIMITED = 2;

  private static final int MOST_PREFIXES = 1000;

  private AccessKeyRecord() {}

  static byte[] encode(AccessKey key) {
    AccessKeyLimits limits = key.limits();
    boolean limited = !limits.equals(AccessKeyLimits.NONE);
    Encoder out =
        new Encoder()
            .uint(limited ? LIMITED : UNLIMITED)
            .string(key.secret())
            .string(key.label())
            .uint(key.created().toEpochMilli());
    if (limited) {
      out.string(limits.user()).uint(limits.readOnly() ? 1 : 0).uint(limits.prefixes().size());
      limits.prefixes().forEach(out::string);
    }
    return out.bytes();
  }

  /// What was encoded, or nothing where the bytes are not that.
  static Optional<AccessKey> decode(String id, byte[] bytes) {
    try {
      return Optional.of(Decoder.whole(bytes, in -> read(id, in)));
    } catch (MalformedException malformed) {
      return Optional.empty();
    }
  }

  private static AccessKey read(String id, Decoder in) throws MalformedException {
    long version = in.uint();
    if (version != UNLIMITED && version != LIMITED) {
      throw new MalformedException("an access key of an unknown version");
    }
    String secret = in.string();
    String label = in.string();
    Instant created = Instant.ofEpochMilli(in.uint());
    AccessKeyLimits limits = version == LIMITED ? limits(in) : AccessKeyLimits.NONE;
    return new AccessKey(id, secret, label, created, limits);
  }

  private static AccessKeyLimits limits(Decoder in) throws MalformedException {
    String user = in.string();
    boolean readOnly = in.uint() != 0;
    long count = in.uint();
    if (count > MOST_PREFIXES) {
      throw new MalformedException("an access key for too many prefixes");
    }
    List<String> prefixes = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      prefixes.add(in.string());
    }
    return new AccessKeyLimits(user, readOnly, prefixes);
  }
}
