package cloud.bevy.hyper.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Every encoding by the name that the golden bytes give it: how a sample's value is written and
/// read.
final class Samples {
  /// How one encoding is written from the value in a sample, and read.
  record Encoding(BiConsumer<Encoder, JsonNode> write, Decoder.Reader<Object> read) {}

  private static final Map<String, Encoding> ENCODINGS = new LinkedHashMap<>();

  static {
    numbers();
    largeNumbers();
    bytes();
    texts();
    groups();
    addresses();
  }

  private Samples() {}

  static JsonNode vectors() {
    try (InputStream in = Samples.class.getResourceAsStream("/compact-encoding.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Encoding encoding(String name) {
    return Optional.ofNullable(ENCODINGS.get(name)).orElseThrow(() -> new AssertionError(name));
  }

  static Map<String, Encoding> all() {
    return ENCODINGS;
  }

  static byte[] hex(JsonNode digits) {
    return HexFormat.of().parseHex(digits.asText());
  }

  private static void add(
      String name, BiConsumer<Encoder, JsonNode> write, Decoder.Reader<Object> read) {
    ENCODINGS.put(name, new Encoding(write, read));
  }

  private static void numbers() {
    add("uint", (to, it) -> to.uint(it.asLong()), Decoder::uint);
    add("int", (to, it) -> to.integer(it.asLong()), Decoder::integer);
    for (int bits = 8; bits <= 64; bits += 8) {
      int size = bits / 8;
      add("uint" + bits, (to, it) -> to.uint(it.asLong(), size), from -> from.uint(size));
      add("int" + bits, (to, it) -> to.integer(it.asLong(), size), from -> from.integer(size));
    }
    add("uint32be", (to, it) -> to.uint32be(it.asLong()), Decoder::uint32be);
    add("uint64be", (to, it) -> to.uint64be(it.asLong()), Decoder::uint64be);
    add("float32", (to, it) -> to.float32((float) it.asDouble()), from -> (double) from.float32());
    add("float64", (to, it) -> to.float64(it.asDouble()), Decoder::float64);
    add("bool", (to, it) -> to.bool(it.asBoolean()), Decoder::bool);
    add("date", (to, it) -> to.date(it.asLong()), Decoder::date);
    add("lexint", (to, it) -> BigNumbers.writeLexint(to, it.asLong()), BigNumbers::readLexint);
  }

  private static void largeNumbers() {
    add(
        "biguint64",
        (to, it) -> to.bits64(new BigInteger(it.asText()).longValue()),
        from -> BigNumbers.unsigned(from.bits64()));
    add(
        "bigint64",
        (to, it) -> BigNumbers.writeSigned64(to, Long.parseLong(it.asText())),
        BigNumbers::readSigned64);
    add("biguint", (to, it) -> BigNumbers.write(to, new BigInteger(it.asText())), BigNumbers::read);
    add(
        "bigint",
        (to, it) -> BigNumbers.writeSigned(to, new BigInteger(it.asText())),
        BigNumbers::readSigned);
  }

  private static void bytes() {
    add("buffer", (to, it) -> to.buffer(hex(it)), Decoder::buffer);
    add(
        "optionalBuffer",
        (to, it) -> to.optionalBuffer(it.isNull() ? Optional.empty() : Optional.of(hex(it))),
        Decoder::optionalBuffer);
    add("raw", (to, it) -> to.raw(hex(it)), Decoder::raw);
    add("fixed32", (to, it) -> to.fixed(hex(it), 32), from -> from.fixed(32));
    add("fixed64", (to, it) -> to.fixed(hex(it), 64), from -> from.fixed(64));
    add("fixed(5)", (to, it) -> to.fixed(hex(it), 5), from -> from.fixed(5));
    add("bitarray", (to, it) -> to.bits(truths(it)), Decoder::bits);
    add("none", (to, it) -> {}, from -> Optional.empty());
  }

  private static void texts() {
    add("string", (to, it) -> to.string(it.asText()), Decoder::string);
    add("ascii", (to, it) -> to.ascii(it.asText()), Decoder::ascii);
    add("hex", (to, it) -> to.hex(it.asText()), Decoder::hex);
    add("base64", (to, it) -> to.base64(it.asText()), Decoder::base64);
    add("utf16le", (to, it) -> to.utf16(it.asText()), Decoder::utf16);
    add("json", (to, it) -> to.json(it.toString()), Decoder::json);
    add("ndjson", (to, it) -> to.ndjson(it.toString()), Decoder::json);
  }

  private static void groups() {
    add(
        "array(uint)",
        (to, it) -> to.array(longs(it), Encoder::uint),
        from -> from.array(Decoder::uint));
    add(
        "array(string)",
        (to, it) -> to.array(strings(it), Encoder::string),
        from -> from.array(Decoder::string));
    add(
        "array(fixed32)",
        (to, it) ->
            to.array(strings(it), (inner, hex) -> inner.fixed(HexFormat.of().parseHex(hex), 32)),
        from -> from.array(inner -> HexFormat.of().formatHex(inner.fixed(32))));
    add("uint32array", (to, it) -> to.uints(array(it), 4), from -> from.uints(4));
    add("uint16array", (to, it) -> to.uints(array(it), 2), from -> from.uints(2));
    add("any", (to, it) -> Any.write(to, any(it)), Any::read);
    add(
        "frame(string)",
        (to, it) -> to.frame(inner -> inner.string(it.asText())),
        from -> from.frame(Decoder::string));
    add("stringRecord", (to, it) -> to.strings(record(it)), Decoder::strings);
  }

  private static void addresses() {
    add("ipv4", (to, it) -> to.host(host(it)), from -> from.ipv4());
    add("ipv6", (to, it) -> to.host(host(it)), from -> from.ipv6());
    add("ip", (to, it) -> to.ip(host(it)), from -> from.ip());
    add("ipv4Address", (to, it) -> to.address(address(it)), Decoder::ipv4Address);
    add("ipv6Address", (to, it) -> to.address(address(it)), Decoder::ipv6Address);
    add("ipAddress", (to, it) -> to.ipAddress(address(it)), Decoder::ipAddress);
  }

  private static Any any(JsonNode it) {
    if (it.isArray()) {
      List<Any> items = new ArrayList<>();
      it.forEach(item -> items.add(any(item)));
      return new Any.Items(items);
    }
    if (it.isObject()) {
      Map<String, Any> fields = new LinkedHashMap<>();
      it.properties().forEach(field -> fields.put(field.getKey(), any(field.getValue())));
      return new Any.Fields(fields);
    }
    if (it.isTextual()) {
      return it.asText().equals("627566") ? new Any.Bytes(hex(it)) : new Any.Words(it.asText());
    }
    if (it.isIntegralNumber()) {
      return new Any.Whole(it.asLong());
    }
    return it.isNull()
        ? new Any.Nothing()
        : it.isBoolean() ? new Any.Truth(it.asBoolean()) : new Any.Real(it.asDouble());
  }

  private static Host host(JsonNode text) {
    try {
      return Host.parse(text.asText());
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private static Address address(JsonNode it) {
    return new Address(host(it.get("host")), it.get("port").asInt());
  }

  private static boolean[] truths(JsonNode it) {
    boolean[] truths = new boolean[it.size()];
    for (int at = 0; at < truths.length; at++) {
      truths[at] = it.get(at).asBoolean();
    }
    return truths;
  }

  private static long[] array(JsonNode it) {
    return longs(it).stream().mapToLong(Long::longValue).toArray();
  }

  private static List<Long> longs(JsonNode it) {
    return it.valueStream().map(JsonNode::asLong).toList();
  }

  private static List<String> strings(JsonNode it) {
    return it.valueStream().map(JsonNode::asText).toList();
  }

  private static Map<String, String> record(JsonNode it) {
    Map<String, String> record = new LinkedHashMap<>();
    it.properties().forEach(field -> record.put(field.getKey(), field.getValue().asText()));
    return record;
  }
}
