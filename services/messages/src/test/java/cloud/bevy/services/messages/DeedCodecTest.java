package cloud.bevy.services.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is in the journals of every cloud that has messages: `docs/formats/messages.md`.
class DeedCodecTest {
  private static final Message MESSAGE =
      new Message(
          new TopicName("a/b"),
          new byte[] {1, 2},
          Quality.EXACTLY_ONCE,
          true,
          Instant.ofEpochMilli(300),
          new MessageProperties(
              Optional.of(true),
              "t",
              "r",
              Optional.of(new byte[] {9}),
              List.of(new MessageProperties.Pair("n", "v"))));

  private static final String MESSAGE_BYTES =
      "03612f62 02 01 ac02 01 0174 0172 01 0109 01 016e 0176 020102";

  private static void golden(Deed deed, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThat(RecordCodec.write(deed)).asHexString().isEqualToIgnoringCase(hex.replace(" ", ""));
    assertThat(RecordCodec.write(RecordCodec.read(bytes))).isEqualTo(bytes);
    for (int end = 0; end < bytes.length; end++) {
      byte[] shorter = Arrays.copyOf(bytes, end);
      assertThatThrownBy(() -> RecordCodec.read(shorter)).isInstanceOf(MessagesFault.class);
    }
  }

  @Test
  void eachRecordIsTheBytesThatItAlwaysWas() {
    Delivery.Way way = new Delivery.Way(Quality.AT_LEAST_ONCE, true, new int[] {7});
    golden(
        new Deed.Published(MESSAGE, new Deed.Origin(5, 6), List.of(new Deed.Recipient(200, way))),
        "01" + MESSAGE_BYTES + "05 06 01 c801 01 01 01 07");
    golden(
        new Deed.Opened(3, "c", 60, Optional.of(new Will(MESSAGE, 10, 0))),
        "02 03 0163 3c 01" + MESSAGE_BYTES + "0a 00");
    TopicFilter filter = TopicFilter.of("a/#").orElseThrow();
    golden(
        new Deed.Subscribed(
            3,
            List.of(
                new Subscription(
                    filter,
                    Quality.AT_LEAST_ONCE,
                    new Subscription.Terms(true, false, Subscription.Retained.SKIP),
                    9))),
        "03 03 01 03612f23 01 01 00 02 09");
    golden(new Deed.Unsubscribed(3, List.of("a/#")), "04 03 01 03612f23");
    golden(new Deed.Numbered(3, List.of(new Deed.Numbering(300, 4))), "05 03 01 ac02 04");
    golden(new Deed.Arrived(3, 4), "06 03 04");
    golden(new Deed.Done(3, List.of(1L, 2L)), "07 03 02 01 02");
    golden(new Deed.Incoming(3, 4), "08 03 04");
    golden(new Deed.Released(3, 4), "09 03 04");
    golden(
        new Deed.Closed(3, 300, 60, true, List.of(new Deed.Numbering(1, 2))),
        "0a 03 ac02 3c 01 01 01 02");
    golden(new Deed.Ended(3), "0b 03");
    golden(new Deed.WillDone(3), "0c 03");
    golden(
        new Deed.Waiting(3, List.of(new Deed.Entry(1, 2, way, 300, 4, 3))),
        "0d 03 01 01 02 01 01 01 07 ac02 04 03");
    golden(new Deed.Kept("a", 1, 2, 300, Quality.AT_MOST_ONCE), "0e 0161 01 02 ac02 00");
    golden(new Deed.Next(3), "0f 03");
    golden(new Deed.Whole(List.of(new byte[] {0x0b, 3}), true), "10 01 01 02 0b03");
    golden(new Deed.Cleared(3), "11 03");
  }

  @Test
  void anUnknownRecordIsAFault() {
    assertThatThrownBy(() -> RecordCodec.read(new byte[] {99})).isInstanceOf(MessagesFault.class);
  }
}
