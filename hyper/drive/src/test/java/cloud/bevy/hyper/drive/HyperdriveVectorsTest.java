package cloud.bevy.hyper.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.hyper.core.Core;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The drives that JavaScript's hyperdrive makes.
final class HyperdriveVectorsTest {
  private static final HexFormat HEX = HexFormat.of();

  private DriveFixture fixture;
  private Drive drive;

  @BeforeEach
  void open(@TempDir Path folder) {
    fixture = new DriveFixture(folder);
    drive = fixture.drive;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theSameStepsMakeTheSameCores() throws Exception {
    JsonNode expected = DriveFixture.vectors("/hyperdrive.json").get("drive");
    assertThat(HEX.formatHex(drive.key())).isEqualTo(expected.get("key").asText());
    assertThat(HEX.formatHex(drive.content().key())).isEqualTo(expected.get("contentKey").asText());
    assertThat(HEX.formatHex(drive.content().manifest().encode()))
        .isEqualTo(expected.get("contentManifest").asText());
    JsonNode steps = expected.get("steps");

    fixture.put("/hello.txt", DriveEntry.file(put("hello world".getBytes(UTF_8))));
    check(steps.get(0));
    byte[] ones = new byte[70_000];
    Arrays.fill(ones, (byte) 1);
    DriveEntry executable = DriveEntry.file(put(ones)).asExecutable();
    fixture.put("/dir/a.bin", executable.withMetadata("{\"mtime\":1700000000000,\"tag\":\"é\"}"));
    check(steps.get(1));
    fixture.put("/link", DriveEntry.link("/hello.txt"));
    check(steps.get(2));
    fixture.delete("/hello.txt");
    check(steps.get(3));
    fixture.put("/empty", DriveEntry.file(put(new byte[0])));
    check(steps.get(4));
    assertThat(hex(drive.database())).isEqualTo(texts(expected.get("dbBlocks")));
  }

  private BlobId put(byte[] bytes) throws Exception {
    return drive.put(new ByteArrayInputStream(bytes));
  }

  private void check(JsonNode step) {
    assertThat(drive.database().length()).isEqualTo(step.get("dbLength").asLong());
    assertThat(HEX.formatHex(drive.database().rootHash()))
        .isEqualTo(step.get("dbTreeHash").asText());
    assertThat(drive.content().length()).isEqualTo(step.get("blobsLength").asLong());
    assertThat(HEX.formatHex(drive.content().rootHash()))
        .isEqualTo(step.get("blobsTreeHash").asText());
  }

  @Test
  void aDriveWithUnevenBlocksAndBlockMapsIsReadAsJavaScriptReadsIt() throws Exception {
    JsonNode expected = DriveFixture.vectors("/hyperdrive-more.json");
    load(drive.database(), expected.get("dbBlocks"), expected.get("dbTreeHash").asText());
    load(drive.content(), expected.get("blobsBlocks"), expected.get("blobsTreeHash").asText());
    List<String> paths = new ArrayList<>();
    drive.list(Listing.all()).forEachRemaining(file -> paths.add(file.path()));
    assertThat(paths).isEqualTo(texts(expected.get("files"), "path"));
    for (JsonNode file : expected.get("files")) {
      checkFile(file);
    }
  }

  private void checkFile(JsonNode expected) throws Exception {
    DriveFile file = drive.entry(expected.get("path").asText()).orElseThrow();
    assertThat(file.sequence()).isEqualTo(expected.get("seq").asLong());
    assertThat(new ObjectMapper().readTree(EntryCodec.write(file.entry())))
        .isEqualTo(expected.get("value"));
    if (file.entry().blob().isEmpty()) {
      return;
    }
    BlobId blob = file.entry().blob().get();
    byte[] content = HEX.parseHex(expected.get("content").asText());
    assertThat(fixture.read(blob)).isEqualTo(content);
    assertThat(drive.size(blob)).isEqualTo(content.length);
    for (int from = 0; from <= content.length; from += 1 + content.length / 29) {
      for (int length = 0; from + length <= content.length; length += 1 + content.length / 13) {
        try (InputStream in = drive.read(blob, from, length)) {
          assertThat(in.readAllBytes())
              .as("%s from %s, %s bytes", file.path(), from, length)
              .isEqualTo(Arrays.copyOfRange(content, from, from + length));
        }
      }
    }
  }

  @Test
  void entriesAreWrittenAsJavaScriptWritesThem() throws Exception {
    JsonNode expected = DriveFixture.vectors("/hyperdrive-more.json");
    load(drive.database(), expected.get("dbBlocks"), expected.get("dbTreeHash").asText());
    drive
        .bee()
        .now()
        .sub("files".getBytes(UTF_8))
        .range(cloud.bevy.hyper.bee.Range.all())
        .forEachRemaining(entry -> {
          try {
            assertThat(new String(EntryCodec.write(EntryCodec.read(entry.value())), UTF_8))
                .isEqualTo(new String(entry.value(), UTF_8));
          } catch (MalformedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static void load(Core core, JsonNode blocks, String treeHash) throws Exception {
    List<byte[]> bytes = texts(blocks).stream().map(HEX::parseHex).toList();
    DriveFixture.await(core.append(bytes).ticket());
    assertThat(HEX.formatHex(core.rootHash())).isEqualTo(treeHash);
  }

  private static List<String> hex(Core core) {
    List<String> blocks = new ArrayList<>();
    for (long i = 0; i < core.length(); i++) {
      var block =
          core.get(i) instanceof cloud.bevy.hyper.store.BlockLookup.Found(var found) ? found : null;
      byte[] bytes = new byte[block.remaining()];
      block.get(bytes);
      blocks.add(HEX.formatHex(bytes));
    }
    return blocks;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  private static List<String> texts(JsonNode array, String member) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.get(member).asText()));
    return texts;
  }
}
