package cloud.bevy.hyper.bee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The blocks that JavaScript's hyperbee makes of the same changes.
final class TreeVectorsTest {
  @TestFactory
  Stream<DynamicTest> blocksAreThoseOfHyperbee() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String file : List.of("/hyperbee.json", "/hyperbee-more.json")) {
      for (JsonNode vector : read(file).get("cases")) {
        tests.add(DynamicTest.dynamicTest(vector.get("name").asText(), () -> check(vector)));
      }
    }
    return tests.stream();
  }

  static JsonNode read(String file) throws IOException {
    try (InputStream in = TreeVectorsTest.class.getResourceAsStream(file)) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static void check(JsonNode vector) {
    MemoryBlocks blocks = new MemoryBlocks();
    for (JsonNode step : vector.get("ops")) {
      WriteTree tree = blocks.write();
      if (step.has("batch")) {
        step.get("batch").forEach(change -> apply(tree, change));
      } else {
        apply(tree, step);
      }
      blocks.append(tree);
    }
    List<String> expected = new ArrayList<>();
    vector.get("blocks").forEach(block -> expected.add(block.asText()));
    assertThat(blocks.encoded().stream().map(HexFormat.of()::formatHex)).isEqualTo(expected);
    assertThat(new TreeCheck(blocks).check(blocks.root()).problems()).isEmpty();
  }

  private static void apply(WriteTree tree, JsonNode change) {
    if (change.has("put")) {
      tree.put(text(change.get("put").get(0)), text(change.get("put").get(1)));
    } else if (change.has("sub")) {
      byte[] prefix = Sub.prefix(text(change.get("sub").get(0)));
      tree.put(Sub.join(prefix, text(change.get("sub").get(1))), text(change.get("sub").get(2)));
    } else {
      tree.delete(text(change.get("del")));
    }
  }

  private static byte[] text(JsonNode node) {
    return node.asText().getBytes(UTF_8);
  }
}
