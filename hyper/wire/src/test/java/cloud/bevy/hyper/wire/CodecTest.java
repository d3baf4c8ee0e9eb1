package cloud.bevy.hyper.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CodecTest {
  private static final int FUZZED_INPUTS = 50_000;

  @Property(tries = 300)
  void numbersComeBack(
      @ForAll @LongRange(max = Encoder.LARGEST) long number,
      @ForAll @LongRange(min = -(1L << 52), max = (1L << 52) - 1) long signed,
      @ForAll @IntRange(min = 1, max = 8) int size,
      @ForAll long bits)
      throws MalformedException {
    long fitting = number & Encoder.largest(size);
    Encoder to = new Encoder().uint(number).integer(signed).uint(fitting, size);
    to.uint64be(number).uint32be(fitting & 0xffffffffL).bits64(bits).date(signed);
    to.float64(Double.longBitsToDouble(bits)).float32(number);
    BigNumbers.writeSigned64(to, bits);
    Decoder from = new Decoder(to.bytes());
    assertThat(from.uint()).isEqualTo(number);
    assertThat(from.integer()).isEqualTo(signed);
    assertThat(from.uint(size)).isEqualTo(fitting);
    assertThat(from.uint64be()).isEqualTo(number);
    assertThat(from.uint32be()).isEqualTo(fitting & 0xffffffffL);
    assertThat(from.bits64()).isEqualTo(bits);
    assertThat(from.date()).isEqualTo(signed);
    assertThat(Double.valueOf(from.float64()))
        .isEqualTo(Double.valueOf(Double.longBitsToDouble(bits)));
    assertThat(from.float32()).isEqualTo((float) number);
    assertThat(BigNumbers.readSigned64(from)).isEqualTo(bits);
    assertThat(from.remaining()).isZero();
  }

  @Property(tries = 300)
  void lexintsBelow43BitsComeBackAndSortAsTheyAre(
      @ForAll @LongRange(max = (1L << 43) - 1) long one,
      @ForAll @LongRange(max = (1L << 43) - 1) long other)
      throws MalformedException {
    assertThat(Decoder.whole(lexint(one), BigNumbers::readLexint)).isEqualTo(one);
    if (Math.abs(one - other) > 300 || one < 1L << 32 && other < 1L << 32) {
      assertThat(Integer.signum(Arrays.compareUnsigned(lexint(one), lexint(other))))
          .isEqualTo(Long.signum(one - other));
    }
  }

  @Property(tries = 300)
  void bytesAndTextsComeBack(
      @ForAll byte[] bytes, @ForAll String text, @ForAll BigInteger big, @ForAll boolean[] bits)
      throws MalformedException {
    Encoder to = new Encoder(0).buffer(bytes).bits(bits).frame(inner -> inner.buffer(bytes));
    BigNumbers.writeSigned(to, big);
    BigNumbers.write(to, big.abs());
    to.string(text);
    Decoder from = new Decoder(to.bytes());
    assertThat(from.buffer()).isEqualTo(bytes);
    assertThat(from.bits()).isEqualTo(bits);
    assertThat(from.<byte[]>frame(Decoder::buffer)).isEqualTo(bytes);
    assertThat(BigNumbers.readSigned(from)).isEqualTo(big);
    assertThat(BigNumbers.read(from)).isEqualTo(big.abs());
    String back = from.string();
    assertThat(back.getBytes(StandardCharsets.UTF_8)).isEqualTo(Text.utf8(text));
  }

  @Property(tries = 200)
  void groupsComeBack(
      @ForAll List<@LongRange(max = Encoder.LARGEST) Long> numbers,
      @ForAll @Size(max = 5) List<byte[]> buffers)
      throws MalformedException {
    Encoder to = new Encoder().array(numbers, Encoder::uint).array(buffers, Encoder::buffer);
    Decoder from = new Decoder(to.bytes());
    assertThat(from.<Long>array(Decoder::uint)).isEqualTo(numbers);
    assertThat(from.<byte[]>array(Decoder::buffer)).containsExactlyElementsOf(buffers);
  }

  @Property(tries = 300)
  void indexKeysComeBackAndSortAsTheirPartsDo(
      @ForAll @LongRange(max = Encoder.LARGEST) long one,
      @ForAll @LongRange(max = Encoder.LARGEST) long other,
      @ForAll @Size(max = 6) byte[] left,
      @ForAll @Size(max = 6) byte[] right)
      throws MalformedException {
    byte[] key = new IndexEncoder().uint(one).buffer(left).uint(other).bytes();
    IndexEncoder.Parts parts = new IndexEncoder.Parts(key);
    assertThat(parts.uint()).isEqualTo(one);
    assertThat(parts.buffer()).isEqualTo(left);
    assertThat(parts.uint()).isEqualTo(other);
    int numbers =
        Arrays.compareUnsigned(
            new IndexEncoder().uint(one).bytes(), new IndexEncoder().uint(other).bytes());
    assertThat(Integer.signum(numbers)).isEqualTo(Long.signum(one - other));
    int buffers =
        Arrays.compareUnsigned(
            new IndexEncoder().buffer(left).bytes(), new IndexEncoder().buffer(right).bytes());
    assertThat(Integer.signum(buffers))
        .isEqualTo(Integer.signum(Arrays.compareUnsigned(left, right)));
  }

  @Property(tries = 300)
  void idsComeBackAndHexIsUnderstoodToo(@ForAll @Size(32) byte[] key) throws MalformedException {
    assertThat(Ids.decode(Ids.encode(key))).isEqualTo(key);
    assertThat(Ids.decode(HexFormat.of().formatHex(key))).isEqualTo(key);
    assertThat(Ids.decode("pear://" + Ids.encode(key) + "/some/page")).isEqualTo(key);
  }

  /// Every decoder ends with a value or a refusal, whatever it is given, and takes no more memory
  /// than the input justifies.
  @Test
  void noDecoderBreaksOnAnyInput() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < FUZZED_INPUTS; round++) {
      byte[] input = new byte[random.nextInt(40)];
      random.nextBytes(input);
      if (input.length > 0 && random.nextBoolean()) {
        input[0] = (byte) random.nextInt(0xfa, 0x100);
      }
      for (Samples.Encoding encoding : Samples.all().values()) {
        readOrRefuse(encoding, input);
      }
      readOrRefuse(new IndexEncoder.Parts(input));
    }
  }

  /// Keys are typed by people, and come in links.
  @Test
  void whateverIsGivenForAKeyIsOneOfThirtyTwoBytesOrRefused() {
    SplittableRandom random = new SplittableRandom(5);
    byte[] key = new byte[32];
    int read = 0;
    for (int round = 0; round < FUZZED_INPUTS; round++) {
      random.nextBytes(key);
      String id = round % 2 == 0 ? Ids.encode(key) : HexFormat.of().formatHex(key);
      StringBuilder spoilt = new StringBuilder(round % 3 == 0 ? "pear://" + id + "/x" : id);
      for (int i = random.nextInt(3); i > 0; i--) {
        spoilt.setCharAt(random.nextInt(spoilt.length()), (char) random.nextInt(1 << 16));
      }
      spoilt.setLength(spoilt.length() - random.nextInt(3));
      try {
        assertThat(Ids.decode(spoilt.toString())).hasSize(32);
        read++;
      } catch (MalformedException expected) {
        // Refused.
      }
    }
    assertThat(read).isBetween(1, FUZZED_INPUTS - 1);
  }

  @Test
  void aLengthBeyondTheInputIsRefusedBeforeAnythingIsAllocated() {
    byte[] huge = HexFormat.of().parseHex("ffffffffffffff1f00");
    for (String name :
        List.of(
            "buffer",
            "string",
            "bitarray",
            "uint32array",
            "array(uint)",
            "frame(string)",
            "stringRecord",
            "biguint",
            "optionalBuffer")) {
      assertThatThrownBy(() -> Samples.encoding(name).read().read(new Decoder(huge)))
          .as(name)
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void anArrayOfAsManyItemsAsAllowedIsReadAndOneMoreIsNot() throws MalformedException {
    byte[] most = new Encoder().uint(Decoder.MOST_ITEMS).raw(new byte[Decoder.MOST_ITEMS]).bytes();
    List<Long> read = Decoder.whole(most, from -> from.array(Decoder::uint));
    assertThat(read).hasSize(Decoder.MOST_ITEMS);
    byte[] more =
        new Encoder().uint(Decoder.MOST_ITEMS + 1L).raw(new byte[Decoder.MOST_ITEMS + 1]).bytes();
    assertThatThrownBy(() -> Decoder.whole(more, from -> from.array(Decoder::uint)))
        .isInstanceOf(MalformedException.class);
    List<Long> tooMany = Collections.nCopies(Decoder.MOST_ITEMS + 1, 0L);
    assertThatThrownBy(() -> new Encoder().array(tooMany, Encoder::uint))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbersThatJavaScriptCannotReadAreNeverWritten() {
    assertThat(new Encoder().uint64(Encoder.LARGEST).size()).isEqualTo(8);
    assertThatThrownBy(() -> new Encoder().uint(Encoder.LARGEST + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Encoder().uint64be(Encoder.LARGEST + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Encoder().uint(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Encoder().uint8(256)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Encoder().integer(1L << 52))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// DeepJson's cousin: values inside values inside values.
  @Test
  void DeepAny() throws MalformedException {
    byte[] deepest = new byte[2 * Any.DEEPEST + 1];
    for (int at = 0; at < Any.DEEPEST; at++) {
      deepest[2 * at] = 7;
      deepest[2 * at + 1] = 1;
    }
    assertThat(Decoder.whole(deepest, Any::read)).isInstanceOf(Any.Items.class);
    byte[] deeper = new byte[2 * 100_000];
    for (int at = 0; at < deeper.length; at += 2) {
      deeper[at] = 7;
      deeper[at + 1] = 1;
    }
    assertThatThrownBy(() -> Decoder.whole(deeper, Any::read))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void whatIsLeftOverIsRefused() {
    assertThatThrownBy(() -> Decoder.whole(new byte[2], Decoder::uint))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void halfASurrogatePairIsWrittenAsJavaScriptWritesIt() {
    assertThat(new Encoder().string("a\ud83d").bytes()).containsExactly(4, 'a', 0xef, 0xbf, 0xbd);
    assertThat(new Encoder().string("\ud83d\ude00").bytes())
        .containsExactly(4, 0xf0, 0x9f, 0x98, 0x80);
  }

  @Test
  void addressesAreNumbersOnly() throws MalformedException {
    assertThat(Host.parse("::ffff:1").toString()).isEqualTo("0:0:0:0:0:0:ffff:1");
    assertThat(Host.parse("1:2:3:4:5:6:7::").toString()).isEqualTo("1:2:3:4:5:6:7:0");
    for (String text :
        List.of(
            "",
            "1.2.3",
            "1.2.3.256",
            "01.2.3.4",
            "a.b.c.d",
            "::1::",
            ":::",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7:8::",
            "12345::",
            "localhost")) {
      assertThatThrownBy(() -> Host.parse(text)).as(text).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void idsOfTheWrongLengthOrAlphabetAreRefused() {
    for (String text :
        List.of("", "y", "v".repeat(52), "y".repeat(51), "g".repeat(64), "pear://")) {
      assertThatThrownBy(() -> Ids.decode(text)).as(text).isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> Ids.encode(new byte[31])).isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] lexint(long value) {
    Encoder encoder = new Encoder();
    BigNumbers.writeLexint(encoder, value);
    return encoder.bytes();
  }

  private static void readOrRefuse(Samples.Encoding encoding, byte[] input) {
    Decoder decoder = new Decoder(input);
    try {
      encoding.read().read(decoder);
      assertThat(decoder.remaining()).isBetween(0, input.length);
    } catch (MalformedException _) {
      assertThat(decoder.remaining()).isBetween(0, input.length);
    }
  }

  private static void readOrRefuse(IndexEncoder.Parts parts) {
    try {
      while (parts.remaining() > 0) {
        parts.uint();
        parts.buffer();
      }
    } catch (MalformedException _) {
      assertThat(parts.remaining()).isNotNegative();
    }
  }

  @Test
  void aPartIsCopiedUnlessItIsMostOfWhatIsRead() throws MalformedException {
    byte[] large = new Encoder(64).buffer(new byte[] {1, 2, 3, 4, 5}).uint(7).bytes();
    Decoder from = new Decoder(large);
    ByteBuffer part = from.part();
    assertThat(part).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}));
    assertThat(part.array()).isSameAs(large);
    assertThat(from.uint()).isEqualTo(7);
    byte[] small = new Encoder(64).buffer(new byte[] {1, 2}).uint(7).uint(8).bytes();
    part = new Decoder(small).part();
    assertThat(part).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    assertThat(part.array()).hasSize(2);
    assertThatThrownBy(() -> new Decoder(new byte[] {5, 1, 2}).part())
        .isInstanceOf(MalformedException.class);
  }
}
