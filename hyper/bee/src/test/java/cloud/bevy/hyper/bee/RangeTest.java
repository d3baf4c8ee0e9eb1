package cloud.bevy.hyper.bee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RangeTest {
  private static final byte FF = (byte) 0xff;

  private final MemoryBlocks blocks = new MemoryBlocks();

  @Test
  void aPrefixCoversWhatBeginsWithItAndNothingElse() {
    put("a", "a/", "a/1", "a/\uffff", "a0", "b");
    assertThat(read(Range.prefix(bytes("a/")))).containsExactly("a/", "a/1", "a/\uffff");
    assertThat(read(Range.prefix(bytes("")))).hasSize(6);
  }

  @Test
  void pastAPrefixIsBehindAllThatBeginsWithIt() {
    put("a", "a/", "a/1", "a0", "b");
    assertThat(read(Range.past(bytes("a/")))).containsExactly("a0", "b");
    assertThat(read(Range.past(bytes("")))).isEmpty();
  }

  @Test
  void aPrefixOfTheLastByteHasNoEnd() {
    WriteTree tree = blocks.write();
    tree.put(new byte[] {FF}, bytes("1"));
    tree.put(new byte[] {FF, FF, 1}, bytes("2"));
    blocks.append(tree);
    assertThat(read(Range.prefix(new byte[] {FF, FF}))).hasSize(1);
    assertThat(read(Range.past(new byte[] {FF, FF}))).isEmpty();
    assertThat(read(Range.past(new byte[] {FF}))).isEmpty();
  }

  @Test
  void anIntersectionHasOnlyWhatBothHave() {
    put("a", "b", "c", "d", "e");
    Range low = Range.all().gte(bytes("b")).lt(bytes("e"));
    assertThat(read(low.intersect(Range.all().gt(bytes("b"))))).containsExactly("c", "d");
    assertThat(read(low.intersect(Range.all().lte(bytes("c"))))).containsExactly("b", "c");
    assertThat(read(low.intersect(Range.all().limit(1)))).containsExactly("b");
  }

  @Test
  void aSubBeesRangeStaysWithinIt() {
    put("r", "t");
    WriteTree tree = blocks.write();
    byte[] prefix = Sub.prefix(bytes("s"));
    tree.put(prefix, bytes(""));
    tree.put(Sub.join(prefix, bytes("1")), bytes(""));
    tree.put(Sub.join(prefix, new byte[] {FF, FF}), bytes(""));
    blocks.append(tree);
    assertThat(read(Range.all().within(prefix))).hasSize(3);
    assertThat(read(Range.all().gt(bytes("0")).within(prefix))).hasSize(2);
    assertThat(read(Range.all().lt(bytes("1")).within(prefix))).hasSize(1);
    assertThat(read(Range.all().reverse().limit(1).within(prefix)).getFirst()).startsWith("s\0");
  }

  @Test
  void aLimitIsNotNegative() {
    assertThatThrownBy(() -> Range.all().limit(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(read(Range.all().limit(0))).isEmpty();
  }

  private void put(String... keys) {
    WriteTree tree = blocks.write();
    for (String key : keys) {
      tree.put(bytes(key), bytes("v"));
    }
    blocks.append(tree);
  }

  private List<String> read(Range range) {
    List<String> keys = new ArrayList<>();
    new TreeCursor(blocks, range)
        .forEachRemaining(entry -> keys.add(new String(entry.key(), UTF_8)));
    return keys;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
