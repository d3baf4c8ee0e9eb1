package cloud.bevy.cluster.cloud;

import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The access keys of a cloud, in a bee of it: by id, the record sealed under the cloud's master
/// key. Those that were used are kept in memory while the cloud is open, because each request needs
/// one.
final class AccessKeys {
  private static final String BEE = "access-keys";
  private static final int SECRET_BYTES = 25;

  private final Cloud cloud;
  private final Sealer sealer;
  private final Map<String, AccessKey> used = new ConcurrentHashMap<>();

  AccessKeys(Cloud cloud, Sealer sealer) {
    this.cloud = cloud;
    this.sealer = sealer;
  }

  Optional<AccessKey> find(String id) {
    AccessKey known = used.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<AccessKey> found = bee().now().get(bytes(id)).map(this::decode);
    found.ifPresent(key -> used.put(id, key));
    return found;
  }

  List<AccessKey> list() {
    List<AccessKey> keys = new ArrayList<>();
    bee().now().range(Range.all()).forEachRemaining(entry -> keys.add(decode(entry)));
    return keys;
  }

  AccessKey create(String label, AccessKeyLimits limits) {
    String id = AccessKeyId.next(cloud.key(), cloud.world().chance());
    String secret = AccessKeyId.base32(cloud.world().chance().bytes(SECRET_BYTES));
    AccessKey key = new AccessKey(id, secret, label, cloud.world().time().now(), limits);
    byte[] sealed = sealer.seal(AccessKeyRecord.encode(key), bytes(id));
    cloud.durable(bee().put(bytes(id), sealed));
    return key;
  }

  boolean remove(String id) {
    boolean present = find(id).isPresent();
    if (present) {
      used.remove(id);
      cloud.durable(bee().delete(bytes(id)));
      used.remove(id);
    }
    return present;
  }

  private Bee bee() {
    return cloud.bee(BEE);
  }

  private AccessKey decode(BeeEntry entry) {
    String id = new String(entry.key(), StandardCharsets.UTF_8);
    return sealer
        .open(entry.value(), entry.key())
        .flatMap(plain -> AccessKeyRecord.decode(id, plain))
        .orElseThrow(() -> damaged(id));
  }

  private CloudFault damaged(String id) {
    return new CloudFault(
        CloudFault.Kind.DAMAGED,
        "access key " + id + " of cloud " + cloud.name() + " cannot be read",
        "make a new one");
  }

  private static byte[] bytes(String id) {
    return id.getBytes(StandardCharsets.UTF_8);
  }
}
