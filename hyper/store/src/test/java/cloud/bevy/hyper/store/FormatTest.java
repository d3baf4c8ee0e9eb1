package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bytes on the disk, as docs/formats/store.md describes them. A folder that an earlier version
/// wrote is never changed; a new format adds one.
final class FormatTest {
  private static final long ID = 0x0123456789abcdefL;
  private static final StoreLimits SMALL =
      new StoreLimits(2 << 10, 1000, 1 << 20, 4, 4, Duration.ofSeconds(10));
  private static final List<String> FILES =
      List.of(
          "FORMAT",
          "segments/0000000001.log",
          "segments/0000000002.log",
          "segments/0000000004.log",
          "segments/0000000005.log",
          "checkpoints/0000000004.checkpoint",
          "checkpoints/0000000005.checkpoint");

  private final World world = RealWorld.create((level, sentence) -> {});

  @TempDir Path directory;

  @Test
  void aStoreOfVersionOneIsOpenedAndWhole() throws Exception {
    for (String file : FILES) {
      Files.createDirectories(directory.resolve(file).getParent());
      Files.copy(fixture(file), directory.resolve(file));
    }
    try (Store store = Store.open(world, directory, SMALL)) {
      expected(null).check(store);
      assertThat(store.statistics().damage()).isZero();
    }
  }

  @Test
  void whatIsWrittenTodayIsByteForByteWhatVersionOneWrote() throws Exception {
    write(world, directory);
    for (String file : FILES) {
      assertThat(directory.resolve(file)).as(file).hasSameBinaryContentAs(fixture(file));
    }
  }

  @Test
  void aFrameIsAHeaderOfTwentyEightBytesAndItsPayload() throws IOException {
    write(world, directory);
    ByteBuffer segment =
        Frame.allocate(4096).put(Files.readAllBytes(directory.resolve(FILES.get(1)))).flip();
    assertThat(new String(segment.array(), 0, 8, StandardCharsets.US_ASCII)).isEqualTo("BEVYSEGM");
    int at = Layout.SEGMENT_HEADER;
    int salt = Frame.salt(ID, 1, at);
    Frame.Header core = Frame.read(segment, at, new java.util.zip.CRC32C(), salt);
    assertThat(core.kind()).isEqualTo(Frame.CORE);
    assertThat(core.core()).isEqualTo(1);
    assertThat(core.index()).isEqualTo(Frame.BEGINS);
    assertThat(core.length()).isEqualTo(CoreId.BYTES + Model.header(Model.id(1)).length);
  }

  /// Writes the folder that is among the resources.
  static void write(World world, Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("FORMAT"), FormatFile.content(ID));
    try (Store store = Store.open(world, directory, SMALL)) {
      expected(store);
    }
  }

  private static Model expected(Store store) {
    Model model = new Model();
    SplittableRandom random = new SplittableRandom(20);
    for (int i = 0; i < 12; i++) {
      int core = 1 + i % 3;
      step(
          store,
          batch -> model.append(random, new Model.Target(store, batch, Model.id(core)), 2, 120));
    }
    step(store, batch -> model.truncate(new Model.Target(store, batch, Model.id(1)), 0.5));
    step(store, batch -> model.clear(new Model.Target(store, batch, Model.id(2)), 0.2, 0.5));
    step(store, batch -> model.drop(new Model.Target(store, batch, Model.id(3))));
    return model;
  }

  private interface Step {
    void in(Batch batch);
  }

  private static void step(Store store, Step step) {
    Batch batch = new Batch();
    step.in(batch);
    if (store != null) {
      await(store.submit(batch));
    }
  }

  private static void await(Ticket ticket) {
    try {
      ticket.await(Duration.ofSeconds(20));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Path fixture(String file) throws URISyntaxException {
    return Path.of(FormatTest.class.getResource("/store-1/" + file).toURI());
  }
}
