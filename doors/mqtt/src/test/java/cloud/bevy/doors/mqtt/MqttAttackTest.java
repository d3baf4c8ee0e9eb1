package cloud.bevy.doors.mqtt;

import static cloud.bevy.doors.mqtt.Wire.hex;
import static cloud.bevy.doors.mqtt.Wire.join;
import static cloud.bevy.doors.mqtt.Wire.packet;
import static cloud.bevy.doors.mqtt.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.AccessKeyLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Clients that do what they may not, and what they are told.
class MqttAttackTest {
  private static final String DISCONNECT = "e0";

  /// Has a client of MQTT 5 that was let in send a packet.
  private static void refused(byte[] packet, int reason) {
    DoorRun.play(run -> {
      try (Wire wire = run.client(5, "c")) {
        wire.send(packet);
        assertThat(wire.rest()).containsExactly(DISCONNECT + "%02x".formatted(reason));
      }
    });
  }

  @ParameterizedTest
  @CsvSource({
    "EndlessLength, 30 ff ff ff ff 01, 81",
    "ReservedPacket, 00 00, 82",
    "SecondConnect, 10 0d 00 04 4d 51 54 54 05 02 00 00 00 00 00, 82",
    "ServersPacket, 20 02 00 00, 82",
    "EnhancedAuthentication, f0 00, 82",
    "FlagsOfPing, c1 00, 81",
    "FlagsOfSubscribe, 80 07 00 01 00 00 01 61 00, 81",
    "PublishWithQualityThree, 36 06 00 01 61 00 01 00, 81",
    "DuplicateThatMayGetLost, 38 04 00 01 61 00, 81",
    "PacketIdZero, 32 06 00 01 61 00 00 00, 82",
    "BadUtf8, 30 05 00 02 c3 28 00, 81",
    "Surrogate, 30 06 00 03 ed a0 80 00, 81",
    "NulInTopic, 30 05 00 02 61 00 00, 81",
    "WildcardInPublish, 30 05 00 02 61 23 00, 90",
    "EmptyTopic, 30 03 00 00 00, 90",
    "MachinesTopic, 30 08 00 05 24 53 59 53 2f 00, 90",
    "TruncatedTopic, 30 03 00 09 61, 81",
    "UnknownProperty, 30 06 00 01 61 02 7f 00, 82",
    "PropertyTwice, 30 08 00 01 61 04 01 00 01 00, 82",
    "PropertyOfAnother, 30 09 00 01 61 05 11 00 00 00 01, 82",
    "AliasZero, 30 07 00 01 61 03 23 00 00, 94",
    "AliasTooLarge, 30 07 00 01 61 03 23 00 11, 94",
    "AliasOfNothing, 30 06 00 00 03 23 00 01, 82",
    "SubscribeToNothing, 82 03 00 01 00, 82",
    "SubscriptionIdZero, 82 09 00 01 02 0b 00 00 01 61 00, 82",
    "OptionsOfSubscribe, 82 07 00 01 00 00 01 61 c0, 81",
    "NoLocalOfGroup, 82 11 00 01 00 00 0b 24 73 68 61 72 65 2f 67 2f 61 2f 04, 82",
    "UnsubscribeFromNothing, a2 03 00 01 00, 82",
    "TooMuchBehindPing, c0 01 00, 81",
    "SessionThatWasNotToLast, e0 07 00 05 11 00 00 00 09, 82",
  })
  void malformed(String attack, String packet, String reason) {
    assertThat(attack).isNotEmpty();
    refused(hex(packet), Integer.parseInt(reason, 16));
  }

  @Test
  void hugePacket() {
    refused(hex("30 ff ff ff 7f"), Reason.PACKET_TOO_LARGE);
  }

  @Test
  void manyProperties() {
    byte[] pair = join(hex("26"), text("a"), text("b"));
    byte[] all = pair;
    for (int i = 0; i < 9; i++) {
      all = join(all, all);
    }
    byte[] length = new PacketWriter(5).number(all.length).toArray();
    refused(packet(0x30, text("a"), length, all), Reason.PACKET_TOO_LARGE);
  }

  @Test
  void deepTopic() {
    refused(packet(0x30, text("a/".repeat(200)), hex("00")), Reason.TOPIC_INVALID);
  }

  @Test
  void longTopic() {
    refused(packet(0x30, text("a".repeat(5_000)), hex("00")), Reason.TOPIC_INVALID);
  }

  @Test
  void manySubscriptions() {
    byte[] filters = new byte[0];
    for (int i = 0; i < 1_001; i++) {
      filters = join(filters, text("t" + i), hex("00"));
    }
    refused(packet(0x82, hex("00 01 00"), filters), Reason.QUOTA_EXCEEDED);
  }

  @Test
  void aFilterThatCannotBeOneIsRefusedAloneAmongOthers() {
    DoorRun.play(run -> {
      try (Wire wire = run.client(5, "c")) {
        wire.send(packet(0x82, hex("00 01 00"), text("a#"), hex("00"), text("b/+"), hex("02")));
        assertThat(wire.next()).isEqualTo("90" + "0001" + "00" + "8f" + "02");
      }
    });
  }

  @Test
  void slowloris() {
    DoorRun.play(run -> {
      try (Wire wire = run.wire()) {
        byte[] connect = Wire.connect(5, "c", run.key.id(), run.key.secret());
        long begun = run.world.time().nanos();
        wire.send(new byte[] {connect[0]});
        for (int i = 1; i < 8; i++) {
          run.world.tasks().sleep(Duration.ofSeconds(1));
          wire.send(new byte[] {connect[i]});
        }
        assertThat(wire.rest()).isEmpty();
        Duration taken = Duration.ofNanos(run.world.time().nanos() - begun);
        assertThat(taken).isLessThan(Peer.FIRST.plusSeconds(1));
        assertThat(run.door.clients()).isZero();
      }
    });
  }

  @Test
  void whoIsSilentForLongerThanItSaidIsGone() {
    DoorRun.play(run -> {
      try (Wire wire = run.wire()) {
        byte[] connect = Wire.connect(5, "c", run.key.id(), run.key.secret());
        connect[11] = 4; // seconds
        wire.send(connect);
        wire.next();
        run.world.tasks().sleep(Duration.ofSeconds(5));
        wire.send(hex("c0 00"));
        assertThat(wire.next()).isEqualTo("d0");
        long begun = run.world.time().nanos();
        assertThat(wire.rest()).containsExactly("e08d");
        assertThat(Duration.ofNanos(run.world.time().nanos() - begun))
            .isBetween(Duration.ofSeconds(6), Duration.ofSeconds(7));
      }
    });
  }

  @Test
  void wrongSecretsUnknownKeysAndLimitedKeysAreRefusedInEachVersionsWords() {
    DoorRun.play(run -> {
      String id = run.key.id();
      assertThat(answer(run, Wire.connect(5, "c", id, "wrong"))).startsWith("200086");
      assertThat(answer(run, Wire.connect(4, "c", id, "wrong"))).isEqualTo("200004");
      assertThat(answer(run, Wire.connect(5, "c", "nobody", ""))).startsWith("200086");
      var prefix = run.key(new AccessKeyLimits("", false, List.of("b/p")));
      assertThat(answer(run, Wire.connect(5, "c", prefix.id(), prefix.secret())))
          .startsWith("200087");
      assertThat(answer(run, Wire.connect(4, "c", prefix.id(), prefix.secret())))
          .isEqualTo("200005");
    });
  }

  @Test
  void whoMayOnlyReadMaySubscribeAndNotPublish() {
    DoorRun.play(run -> {
      var reader = run.key(new AccessKeyLimits("", true, List.of()));
      try (Wire wire = run.client(5, "c", reader)) {
        wire.send(packet(0x82, hex("00 01 00"), text("a"), hex("01")));
        assertThat(wire.next()).isEqualTo("90" + "0001" + "00" + "01");
        wire.send(packet(0x32, text("a"), hex("00 02 00"), text("x")));
        assertThat(wire.next()).isEqualTo("40" + "0002" + "87");
      }
      try (Wire wire = run.client(4, "c", reader)) {
        wire.send(packet(0x32, text("a"), hex("00 02"), text("x")));
        assertThat(wire.rest()).isEmpty();
      }
    });
  }

  @Test
  void versionsThatAreNotSpokenAreRefused() {
    DoorRun.play(run -> {
      assertThat(answer(run, Wire.connect(6, "c", "a", "b"))).isEqualTo("200001");
      assertThat(answer(run, "GET / HTTP/1.1\r\n\r\n".getBytes("US-ASCII"))).isEmpty();
    });
  }

  private static String answer(DoorRun run, byte[] first) throws Exception {
    try (Wire wire = run.wire()) {
      return wire.send(first).next();
    }
  }
}
