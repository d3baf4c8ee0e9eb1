package cloud.bevy.product.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerAddressTest {
  @Test
  void aHostWithAPortIsReachedOverTcp() {
    assertThat(PeerAddress.parse("10.0.0.9:4567"))
        .isEqualTo(new PeerAddress("10.0.0.9:4567", "10.0.0.9", 4567, Optional.empty()));
    assertThat(PeerAddress.parse("[::1]:4567").host()).isEqualTo("[::1]");
  }

  @Test
  void aWebSocketHasAPathAndAPortOfItsOwnOrTheUsualOnes() {
    assertThat(PeerAddress.parse("ws://home:4566/a?b").target()).contains("/a?b");
    assertThat(PeerAddress.parse("ws://home:4566").target()).contains("/hypercore");
    assertThat(PeerAddress.parse("ws://home").port()).isEqualTo(80);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "home", "home:", ":4567", "home:0", "home:65536", "home:1/a", "http://home:1"})
  void whatIsNoAddressIsAMistakeOnTheCommandLine(String text) {
    assertThatThrownBy(() -> PeerAddress.parse(text))
        .isInstanceOfSatisfying(
            CommandFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void aWebSocketOverTlsHasThePortOfTls() {
    PeerAddress address = PeerAddress.parse("wss://home/a");
    assertThat(address.port()).isEqualTo(443);
    assertThat(address.target()).contains("/a");
    assertThat(PeerAddress.parse("wss://home:4566").port()).isEqualTo(4566);
  }
}
