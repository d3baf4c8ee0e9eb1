package cloud.bevy.cluster.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The bytes of `docs/formats/registry.md`.
class AccessKeyRecordTest {
  @Test
  void aKeyForEverythingIsAsItAlwaysWas() {
    AccessKey key = new AccessKey("id", "s", "l", Instant.ofEpochMilli(7), AccessKeyLimits.NONE);
    assertThat(HexFormat.of().formatHex(AccessKeyRecord.encode(key))).isEqualTo("010173016c07");
    assertThat(AccessKeyRecord.decode("id", AccessKeyRecord.encode(key))).hasValue(key);
  }

  @Test
  void aKeyOfAUserHasItsLimits() {
    AccessKeyLimits limits = new AccessKeyLimits("ann", true, List.of("a/b", "c/"));
    AccessKey key = new AccessKey("id", "s", "l", Instant.ofEpochMilli(7), limits);
    assertThat(HexFormat.of().formatHex(AccessKeyRecord.encode(key)))
        .isEqualTo("020173016c0703616e6e010203612f6202632f");
    assertThat(AccessKeyRecord.decode("id", AccessKeyRecord.encode(key))).hasValue(key);
  }

  @Test
  void aUsersIdIsAlwaysTheSameAndNoOtherUsers() {
    CloudKey cloud = new CloudKey(new byte[32]);
    Account ann = Account.user(cloud, "ann");
    assertThat(ann.id()).matches("[0-9a-f]{64}").isEqualTo(Account.user(cloud, "ann").id());
    assertThat(ann.id()).isNotEqualTo(Account.user(cloud, "bob").id());
    assertThat(Account.owner(cloud, "home").id()).isEqualTo(cloud.toString());
  }
}
