package cloud.bevy.doors.mqtt;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/// Who may come in: whoever knows an access key of a cloud, by its id and its secret. What is not
/// in buckets is for keys of the cloud's owner only that are not bound to some objects.
record Entrance(Clouds clouds) {
  /// What became of somebody at the door.
  sealed interface Admission {
    /// The cloud is open for as long as the lease is.
    record Admitted(Lease lease, boolean readOnly) implements Admission {}

    /// Not with that key or that secret.
    record Unknown() implements Admission {}

    /// Not with such a key.
    record Limited() implements Admission {}
  }

  Admission admit(ConnectPacket packet) {
    if (packet.user().isEmpty() || packet.password().isEmpty()) {
      return new Admission.Unknown();
    }
    String id = packet.user().get();
    Optional<Lease> open = clouds.openFor(id);
    Optional<AccessKey> key = open.flatMap(lease -> lease.cloud().accessKey(id));
    byte[] secret = key.map(AccessKey::secret).orElse("").getBytes(StandardCharsets.UTF_8);
    boolean known = MessageDigest.isEqual(secret, packet.password().get());
    if (open.isPresent() && key.isPresent() && known && key.get().limits().forAllServices()) {
      return new Admission.Admitted(open.get(), key.get().limits().readOnly());
    }
    open.ifPresent(Lease::close);
    return known && key.isPresent() ? new Admission.Limited() : new Admission.Unknown();
  }
}
