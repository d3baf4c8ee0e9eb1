package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Binary;
import cloud.bevy.services.tables.Decimal;
import cloud.bevy.services.tables.ImportedRecord;
import cloud.bevy.services.tables.Item;
import com.amazon.ion.IonList;
import com.amazon.ion.IonStruct;
import com.amazon.ion.IonSystem;
import com.amazon.ion.IonWriter;
import com.amazon.ion.system.IonBinaryWriterBuilder;
import com.amazon.ion.system.IonSystemBuilder;
import com.amazon.ion.system.IonTextWriterBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Files of Amazon Ion, as Amazon's own library writes them and as nobody should.
class IonRecordsTest {
  private static final IonSystem ION = IonSystemBuilder.standard().build();
  private static final int STREAM = 30;
  private static final List<String> TEXTS =
      List.of("", "a", "null", "$10", "zażółć 日本語 🦑", "\"\\\n\t\u0001'''", "// no comment", "x y");
  private static final List<String> NUMBERS =
      List.of(
          "0", "1", "-1", "12345678901234567890123456789012345678", "1E-130", "-9.5E125", "2000");

  private final SplittableRandom random = new SplittableRandom(1);

  private static List<ImportedRecord> read(byte[] file) throws IOException {
    IonRecords records = new IonRecords(new ByteFeed(new ByteArrayInputStream(file)));
    List<ImportedRecord> all = new ArrayList<>();
    for (Optional<ImportedRecord> next = records.next(); next.isPresent(); next = records.next()) {
      all.add(next.get());
    }
    return all;
  }

  private static List<ImportedRecord> read(String file) throws IOException {
    return read(file.getBytes(StandardCharsets.UTF_8));
  }

  private static Item item(String file) throws IOException {
    List<ImportedRecord> all = read(file);
    assertThat(all).as(file).hasSize(1);
    assertThat(all.getFirst()).as(file).isInstanceOf(ImportedRecord.Parsed.class);
    return ((ImportedRecord.Parsed) all.getFirst()).item();
  }

  private static String reason(byte[] file) throws IOException {
    List<ImportedRecord> all = read(file);
    assertThat(all).hasSize(1);
    return ((ImportedRecord.Broken) all.getFirst()).reason();
  }

  private static String reason(String file) throws IOException {
    return reason(file.getBytes(StandardCharsets.UTF_8));
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return bytes;
  }

  private com.amazon.ion.IonValue written(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> ION.newString(text);
      case AttributeValue.N(Decimal number) -> ION.newDecimal(number.value());
      case AttributeValue.B(Binary bytes) -> ION.newBlob(bytes.bytes());
      case AttributeValue.Bool(boolean flag) -> ION.newBool(flag);
      case AttributeValue.Null() -> pick(List.of(ION.newNull(), ION.newNullString()));
      case AttributeValue.SS(var texts) ->
          list("$dynamodb_SS", texts.stream().map(AttributeValue.S::new).toList());
      case AttributeValue.NS(var numbers) ->
          list("$dynamodb_NS", numbers.stream().map(AttributeValue.N::new).toList());
      case AttributeValue.BS(var binaries) ->
          list("$dynamodb_BS", binaries.stream().map(AttributeValue.B::new).toList());
      case AttributeValue.L(var elements) -> list("", elements);
      case AttributeValue.M(var entries) -> struct(entries);
    };
  }

  private IonList list(String annotation, List<? extends AttributeValue> elements) {
    IonList list = ION.newEmptyList();
    elements.forEach(each -> list.add(written(each)));
    if (!annotation.isEmpty()) {
      list.addTypeAnnotation(annotation);
    }
    return list;
  }

  private IonStruct struct(Map<String, AttributeValue> entries) {
    IonStruct struct = ION.newEmptyStruct();
    entries.forEach((name, value) -> struct.add(name, written(value)));
    return struct;
  }

  private AttributeValue value(int depth) {
    return switch (random.nextInt(depth > 3 ? 8 : 10)) {
      case 0 -> new AttributeValue.S(pick(TEXTS));
      case 1 -> new AttributeValue.N(Decimal.parse(pick(NUMBERS)));
      case 2 -> new AttributeValue.B(Binary.of(bytes()));
      case 3 -> new AttributeValue.Bool(random.nextBoolean());
      case 4 -> new AttributeValue.Null();
      case 5 -> new AttributeValue.SS(new LinkedHashSet<>(List.of(pick(TEXTS))));
      case 6 ->
          new AttributeValue.NS(new LinkedHashSet<>(List.of(Decimal.parse("7"), Decimal.ZERO)));
      case 7 -> new AttributeValue.BS(new LinkedHashSet<>(List.of(Binary.of(bytes()))));
      case 8 -> new AttributeValue.L(List.of(value(depth + 1), value(depth + 1)));
      default -> new AttributeValue.M(entries(depth + 1));
    };
  }

  private LinkedHashMap<String, AttributeValue> entries(int depth) {
    LinkedHashMap<String, AttributeValue> entries = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      String name = pick(TEXTS);
      entries.put(name.isEmpty() ? "e" : name + random.nextInt(3), value(depth));
    }
    return entries;
  }

  private interface Writing {
    IonWriter to(ByteArrayOutputStream out);
  }

  private byte[] file(List<Item> items, Writing writing) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int from = 0; from < items.size(); from += STREAM) { // each with symbols of its own
      try (IonWriter writer = writing.to(out)) {
        for (Item item : items.subList(from, Math.min(items.size(), from + STREAM))) {
          IonStruct line = ION.newEmptyStruct();
          line.add("Item", struct(item.attributes()));
          line.writeTo(writer);
        }
      }
      if (out.toByteArray()[0] != (byte) IonBinaryReader.FIRST) {
        out.write('\n');
      }
    }
    return out.toByteArray();
  }

  private List<Item> items(int count) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(new Item(entries(0)));
    }
    return items;
  }

  @Test
  void whatAmazonsLibraryWritesIsRead() throws IOException {
    List<Item> items = items(300);
    List<Writing> writings =
        List.of(
            IonTextWriterBuilder.standard()::build,
            IonTextWriterBuilder.pretty()::build,
            IonBinaryWriterBuilder.standard()::build,
            IonBinaryWriterBuilder.standard().withLocalSymbolTableAppendEnabled()::build);
    for (Writing writing : writings) {
      assertThat(read(file(items, writing)))
          .isEqualTo(items.stream().map(ImportedRecord.Parsed::new).toList());
    }
  }

  @Test
  void theExampleOfTheDeveloperGuideIsRead() throws IOException {
    Item item =
        item(
            "$ion_1_0 {Item:{Authors:$dynamodb_SS::[\"Author1\",\"Author2\"],"
                + "Dimensions:\"8.5 x 11.0\",Id:103.,InPublication:false,PageCount:6d2,"
                + "Price:2d3,ISBN:null,A:{B:[{{AQI=}}]}}}");
    assertThat(item.get("PageCount")).isEqualTo(new AttributeValue.N(Decimal.parse("600")));
    assertThat(item.get("Authors"))
        .isEqualTo(new AttributeValue.SS(new LinkedHashSet<>(List.of("Author1", "Author2"))));
    assertThat(item.get("ISBN")).isEqualTo(new AttributeValue.Null());
    assertThat(item.attributes()).hasSize(8);
  }

  @Test
  void allWaysToWriteTextAreRead() throws IOException {
    Item item =
        item(
            "/* a /* comment */ // another\r\n$ion_symbol_table::{symbols:['''p''', \"q\"]}\n"
                + "{ 'Item' : a::'b c'::{ $10 : '''a\r\nb''' /**/ "
                + "'''\\x41\\u0042\\U0001F991\\ud83e\\udd91''',"
                + "\"q\":-0x1_F, '\\'':0b101, s : \"\\\"\\\\\\/\\?\\0\\a\\v\" , t:{{ aG k= }},"
                + "n:1_000.5d-1, u:null.list, '''v''':[1,2,], }, other:2024-01-01T }");
    assertThat(item.get("p")).isEqualTo(new AttributeValue.S("a\nbAB🦑🦑"));
    assertThat(item.get("q")).isEqualTo(new AttributeValue.N(Decimal.parse("-31")));
    assertThat(item.get("'")).isEqualTo(new AttributeValue.N(Decimal.parse("5")));
    assertThat(item.get("s")).isEqualTo(new AttributeValue.S("\"\\/?\0\007\013"));
    assertThat(item.get("t"))
        .isEqualTo(new AttributeValue.B(Binary.of("hi".getBytes(StandardCharsets.US_ASCII))));
    assertThat(item.get("n")).isEqualTo(new AttributeValue.N(Decimal.parse("100.05")));
    assertThat(item.get("u")).isEqualTo(new AttributeValue.Null());
    assertThat(item.attributes()).hasSize(8);
  }

  @Test
  void whatATableHasNothingForIsNoItemAndTheNextIsRead() throws IOException {
    for (String value :
        List.of(
            "1e0",
            "nan",
            "+inf",
            "2024-01-01T",
            "2024-01-01T10:00:00.5+01:00",
            "a",
            "{{\"clob\"}}",
            "1d126",
            "$dynamodb_SS::[]",
            "$dynamodb_SS::[\"a\",\"a\"]",
            "$dynamodb_NS::[\"a\"]",
            "[".repeat(34) + "]".repeat(34),
            "1d2147483647",
            "1d-2147483647")) {
      assertThat(read("{Item:{p:" + value + "}}{Item:{p:1}}"))
          .as(value)
          .satisfiesExactly(
              first -> assertThat(first).isInstanceOf(ImportedRecord.Broken.class),
              second -> assertThat(second).isInstanceOf(ImportedRecord.Parsed.class));
    }
  }

  @Test
  void behindWhatIsNoIonNothingIsRead() throws IOException {
    for (String file :
        List.of(
            "{Item:{p:1}",
            "{Item:{p 1}}",
            "{Item:{p:01}}",
            "{Item:{p:\"a}}",
            "[1]",
            "{p:1}",
            "{Item:{p:\"\\z\"}}",
            "{Item:{p:\"\\ud800\"}}",
            "{Item:{p:{{!}}}}",
            "{Item:{p:(1)}}",
            "{Item:{p:1;}}",
            "{Item:{$99:1}}",
            "/* no end",
            "'''no end",
            "{Item:{p:1d9999999999}}",
            "$ion_symbol_table::{imports:[{name:\"other\",max_id:3}]}")) {
      assertThat(reason(file + "\n{Item:{p:1}}")).as(file).endsWith("the file is not read further");
    }
    assertThat(reason(new byte[] {'{', '"', (byte) 0xff, '"'})).contains("no UTF-8");
    assertThat(reason(new byte[] {(byte) 0xe0, 2, 0, (byte) 0xea})).contains("another version");
  }

  @Test
  void deepIon() throws IOException {
    assertThat(reason("{Item:{p:" + "[".repeat(100_000))).contains("nested more than");
    byte[] deep = new byte[200];
    Arrays.fill(deep, (byte) 0xb0);
    for (int i = 0; i < 100; i++) {
      deep[2 * i] = (byte) 0xbe;
      deep[2 * i + 1] = (byte) (0x80 | Math.min(127, 198 - 2 * i));
    }
    byte[] file = new byte[204];
    System.arraycopy(new byte[] {(byte) 0xe0, 1, 0, (byte) 0xea}, 0, file, 0, 4);
    System.arraycopy(deep, 0, file, 4, 200);
    assertThat(reason(file)).contains("the file is not read further");
  }

  @Test
  void growMemory() throws IOException {
    int much = 5 << 20;
    assertThat(reason("{Item:{p:\"" + "x".repeat(much))).contains("more than 4194304 bytes");
    assertThat(reason(" ".repeat(much) + "{Item:{}}")).contains("more than 4194304 bytes");
    assertThat(reason("/*" + " ".repeat(much))).contains("more than 4194304 bytes");
    assertThat(reason("{Item:{p:[" + "[],".repeat(300_000))).contains("more than 210000 values");
    String symbols = "$ion_symbol_table::{imports:$ion_symbol_table,symbols:[\"a\"]}\n";
    assertThat(reason(symbols.repeat(60_000))).contains("more than 50000 symbols");
    byte[] huge = {(byte) 0xe0, 1, 0, (byte) 0xea, (byte) 0x8e, 0x7f, 0x7f, 0x7f, (byte) 0xff};
    assertThat(reason(huge)).contains("more than 4194304 bytes");
  }

  @Test
  void spinForever() throws IOException {
    assertThat(reason("{Item:{p:" + "9".repeat(1_000_000))).contains("more than 1024 digits");
    byte[] number = new byte[100_010];
    byte[] head = {(byte) 0xe0, 1, 0, (byte) 0xea, 0x2e, 0x06, 0x0d, (byte) 0xa0};
    System.arraycopy(head, 0, number, 0, head.length);
    assertThat(reason(number)).contains("more than 1024 digits");
  }

  @Test
  void damagedFilesAreNeverAFault() throws IOException {
    List<Item> items = items(5);
    List<byte[]> files =
        List.of(
            file(items, IonTextWriterBuilder.standard()::build),
            file(items, IonBinaryWriterBuilder.standard()::build));
    for (int i = 0; i < 4_000; i++) {
      byte[] damaged = files.get(i % 2).clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      assertThat(read(Arrays.copyOf(damaged, 1 + random.nextInt(damaged.length)))).isNotNull();
    }
  }
}
