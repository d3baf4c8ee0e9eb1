package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SigningKeysTest {
  private final SigningKeys keys = new SigningKeys();

  @Test
  void aKeyIsDerivedOnceForASecretAndAScope() {
    CredentialScope scope = scope("us-east-1");
    assertThat(keys.of("secret", scope)).isSameAs(keys.of("secret", scope("us-east-1")));
    assertThat(keys.of("secret", scope).sign("x"))
        .isEqualTo(SigningKey.of("secret", scope).sign("x"))
        .isNotEqualTo(keys.of("another", scope).sign("x"))
        .isNotEqualTo(keys.of("secret", scope("eu-central-1")).sign("x"));
  }

  @Test
  void manyScopesAreNotAllRemembered() {
    SigningKey first = keys.of("secret", scope("r0"));
    for (int i = 1; i < 1_000; i++) {
      CredentialScope scope = scope("r" + i);
      assertThat(keys.of("secret", scope).sign("x"))
          .isEqualTo(SigningKey.of("secret", scope).sign("x"));
    }
    assertThat(keys.of("secret", scope("r0"))).isNotSameAs(first);
  }

  private static CredentialScope scope(String region) {
    return new CredentialScope("20261126", region, "s3");
  }
}
