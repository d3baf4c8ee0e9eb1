package cloud.bevy.cluster.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.Chance;
import cloud.bevy.foundation.base.RealWorld;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class AccessKeyIdTest {
  private static final Chance CHANCE = RealWorld.create((level, sentence) -> {}).chance();

  @Property(tries = 200)
  void anIdTellsTheFirstBytesOfItsCloudsKey(@ForAll @Size(32) byte[] key) {
    String id = AccessKeyId.next(new CloudKey(key), CHANCE);
    assertThat(id).matches("BEVY[A-Z2-7]{16}");
    assertThat(AccessKeyId.cloudPrefix(id)).hasValue(Arrays.copyOf(key, AccessKeyId.PREFIX_BYTES));
  }

  @Property(tries = 500)
  void anyOtherTextTellsNothingOrAPrefix(@ForAll String text) {
    AccessKeyId.cloudPrefix(text)
        .ifPresent(prefix -> assertThat(prefix).hasSize(AccessKeyId.PREFIX_BYTES));
  }
}
