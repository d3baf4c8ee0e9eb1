package cloud.bevy.hyper.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.store.BlockLookup;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DriveTest {
  private static final int GROUP = BlobWriter.GROUP_BLOCKS * BlobWriter.BLOCK_BYTES;

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
  void aBlobOfAnySizeComesBackWhole() throws Exception {
    for (int size :
        new int[] {0, 1, 65_535, 65_536, 65_537, GROUP - 1, GROUP, GROUP + 1, 3 * GROUP + 5}) {
      byte[] bytes = bytes(size, size);
      BlobId blob = put(bytes);
      assertThat(blob.blockMap()).isFalse();
      assertThat(blob.blockLength()).isEqualTo((size + 65_535) / 65_536);
      assertThat(fixture.read(blob)).isEqualTo(bytes);
      assertThat(drive.size(blob)).isEqualTo(size);
    }
  }

  /// Its bytes go to the disk with the entry that has them.
  @Test
  void aPutIsOneGroupOfTheStoreIfAllItsBytesAreOne() throws Exception {
    drive.put("/first", bytes(1, 1));
    for (int size : new int[] {1, 65_537, GROUP - 1}) {
      long before = fixture.store.statistics().commits();
      drive.put("/file", new ByteArrayInputStream(bytes(size, size)), FileOptions.PLAIN);
      assertThat(fixture.store.statistics().commits() - before).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void bytesThatNothingHasTakenAreGivenToTheStoreWhenTheyAreCleared() throws Exception {
    PendingBlob pending = drive.send(new ByteArrayInputStream(bytes(1, 1000)));
    assertThat(fixture.store.statistics().batches()).isZero();
    drive.clear(pending.blob());
    drive.put("/other", bytes(2, 10));
    assertThat(drive.content().get(pending.blob().blockOffset()))
        .isInstanceOf(BlockLookup.Missing.class);
    assertThat(fixture.read(drive.entry("/other").orElseThrow().entry().blob().orElseThrow()))
        .isEqualTo(bytes(2, 10));
  }

  @Test
  void aRangeReadsOnlyTheBlocksItNeeds() throws Exception {
    byte[] bytes = bytes(1, 10 * 65_536 + 100);
    BlobId blob = put(bytes);
    DriveFixture.await(drive.content().clear(0, 4));
    DriveFixture.await(drive.content().clear(6, 11));
    assertThat(range(blob, 4 * 65_536 + 7, 65_536)).isEqualTo(slice(bytes, 4 * 65_536 + 7, 65_536));
    assertThatThrownBy(() -> range(blob, 4 * 65_536 + 7, 2 * 65_536))
        .isInstanceOfSatisfying(
            DriveFault.class, fault -> assertThat(fault.kind()).isEqualTo(DriveFault.Kind.MISSING));
  }

  @Test
  void rangesEndWhereTheBlobEnds() throws Exception {
    byte[] bytes = bytes(2, 70_000);
    put(bytes(3, 10));
    BlobId blob = put(bytes);
    put(bytes(4, 10));
    assertThat(range(blob, 69_990, 100)).isEqualTo(slice(bytes, 69_990, 10));
    assertThat(range(blob, 70_000, 1)).isEmpty();
    assertThat(range(blob, 70_001, 1)).isEmpty();
    assertThat(range(blob, Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
    assertThat(range(blob, 0, 0)).isEmpty();
    assertThatThrownBy(() -> drive.read(blob, -1, 5)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void uploadsThatInterleaveBecomeBlockMaps() throws Exception {
    byte[] outer = bytes(5, 6 * GROUP + 1000);
    byte[] inner = bytes(6, 100_000);
    List<BlobId> nested = new ArrayList<>();
    InputStream interrupted =
        new SequenceInputStream(
            new ByteArrayInputStream(outer, 0, 4 * GROUP + 10),
            new SequenceInputStream(
                new PuttingInput(nested, inner),
                new ByteArrayInputStream(outer, 4 * GROUP + 10, outer.length - 4 * GROUP - 10)));
    BlobId blob = drive.put(interrupted);
    assertThat(blob.blockMap()).isTrue();
    assertThat(fixture.read(blob)).isEqualTo(outer);
    assertThat(fixture.read(nested.getFirst())).isEqualTo(inner);
    assertThat(drive.size(blob)).isEqualTo(outer.length);
    assertThat(range(blob, 2 * GROUP - 5, 10)).isEqualTo(slice(outer, 2 * GROUP - 5, 10));
    assertThat(range(blob, outer.length - 5, 10)).isEqualTo(slice(outer, outer.length - 5, 5));
  }

  /// An upload in the middle of another: has no bytes, but puts a blob when it is read.
  private final class PuttingInput extends InputStream {
    private final List<BlobId> blobs;
    private final byte[] bytes;

    PuttingInput(List<BlobId> blobs, byte[] bytes) {
      this.blobs = blobs;
      this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
      if (blobs.isEmpty()) {
        blobs.add(drive.put(new ByteArrayInputStream(bytes)));
      }
      return -1;
    }
  }

  @Test
  void partsAreJoinedWithoutCopyingThem() throws Exception {
    byte[] first = bytes(7, 200_000);
    byte[] second = bytes(8, 100);
    byte[] third = bytes(9, 70_000);
    BlobId one = put(first);
    BlobId two = put(second);
    BlobId three = put(third);
    long before = drive.content().length();
    BlobId ordered = drive.join(List.of(one, two, three));
    assertThat(drive.content().length()).isEqualTo(before);
    assertThat(ordered.blockMap()).isFalse();
    assertThat(fixture.read(ordered)).isEqualTo(concat(first, second, third));
    assertThat(range(ordered, 199_990, 200))
        .isEqualTo(slice(concat(first, second, third), 199_990, 200));

    BlobId mixed = drive.join(List.of(three, one, two));
    assertThat(drive.content().length()).isEqualTo(before + 1);
    assertThat(mixed.blockMap()).isTrue();
    assertThat(fixture.read(mixed)).isEqualTo(concat(third, first, second));
    BlobId twice = drive.join(List.of(two, mixed));
    assertThat(fixture.read(twice)).isEqualTo(concat(second, third, first, second));
    assertThat(drive.size(twice)).isEqualTo(270_200);
  }

  @Test
  void joiningNothingIsAnEmptyBlob() throws Exception {
    assertThat(drive.size(drive.join(List.of()))).isZero();
    BlobId empty = put(new byte[0]);
    BlobId blob = put(bytes(1, 10));
    assertThat(drive.join(List.of(empty, blob, empty))).isEqualTo(blob);
    assertThat(drive.size(drive.join(List.of(empty, empty)))).isZero();
  }

  @Test
  void aClearedBlobsBlocksAreGone() throws Exception {
    BlobId one = put(bytes(1, 100_000));
    BlobId two = put(bytes(2, 100_000));
    BlobId three = put(bytes(3, 100_000));
    BlobId joined = drive.join(List.of(three, one));
    drive.clear(joined);
    Core content = drive.content();
    assertThat(content.has(0)).isFalse();
    assertThat(content.has(1)).isFalse();
    assertThat(content.has(4)).isFalse();
    assertThat(content.has(5)).isFalse();
    assertThat(content.has(6)).isFalse();
    assertThat(fixture.read(two)).isEqualTo(bytes(2, 100_000));
    assertThatThrownBy(() -> fixture.read(joined)).isInstanceOf(DriveFault.class);
  }

  @Test
  void aBlobIsNotClearedWhileItIsRead() throws Exception {
    byte[] bytes = bytes(1, 200_000);
    BlobId blob = put(bytes);
    InputStream reader = drive.read(blob);
    InputStream other = drive.read(blob, 5, 10);
    byte[] start = reader.readNBytes(10);
    drive.clear(blob);
    other.close();
    other.close();
    assertThat(concat(start, reader.readAllBytes())).isEqualTo(bytes);
    reader.close();
    assertThat(drive.content().has(0)).isFalse();
  }

  @Test
  void anUploadThatFailsLeavesNoBlocks() throws Exception {
    put(bytes(1, 10));
    InputStream broken =
        new SequenceInputStream(new ByteArrayInputStream(bytes(2, 2 * GROUP)), new BrokenInput());
    assertThatThrownBy(() -> drive.put(broken)).isInstanceOf(IOException.class);
    DriveFixture.await(drive.content().clear(0, 0));
    for (long i = 1; i < drive.content().length(); i++) {
      assertThat(drive.content().has(i)).isFalse();
    }
  }

  private static final class BrokenInput extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the client has gone");
    }
  }

  @Test
  void aBlobIsSentInWholeBlocks() throws Exception {
    byte[] bytes = bytes(1, 200_000);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InputStream in = drive.read(put(bytes), 3, 150_000)) {
      assertThat(in.transferTo(out)).isEqualTo(150_000);
    }
    assertThat(out.toByteArray()).isEqualTo(slice(bytes, 3, 150_000));
  }

  @Test
  void aConditionHoldsUntilTheBatchIsCommitted() throws Exception {
    BlobId blob = put(bytes(1, 10));
    try (DriveBatch batch = drive.batch()) {
      assertThat(batch.entry("/a")).isEmpty();
      batch.put("/a", DriveEntry.file(blob));
      assertThat(batch.entry("/a")).isPresent();
      assertThat(drive.entry("/a")).isEmpty();
      DriveFixture.await(batch.commit());
    }
    assertThat(drive.entry("/a").orElseThrow().entry().blob()).contains(blob);
  }

  @Test
  void listingsAreInTheOrderOfTheirBytes() throws Exception {
    try (DriveBatch batch = drive.batch()) {
      for (String path :
          List.of(
              "/b", "/a/2", "/a/1", "/a", "/a0", "/é", "/z", "/\uffff", "/\ud83d\ude00", "//")) {
        batch.put(path, DriveEntry.link("x"));
      }
      DriveFixture.await(batch.commit());
    }
    assertThat(paths(Listing.all()))
        .containsExactly(
            "//", "/a", "/a/1", "/a/2", "/a0", "/b", "/z", "/é", "/\uffff", "/\ud83d\ude00");
    assertThat(paths(Listing.under("/a"))).containsExactly("/a", "/a/1", "/a/2", "/a0");
    assertThat(paths(Listing.under("/a").after("/a"))).containsExactly("/a/1", "/a/2", "/a0");
    assertThat(paths(Listing.under("/a").from("/a/2"))).containsExactly("/a/2", "/a0");
    assertThat(paths(Listing.under("/a").past("/a/"))).containsExactly("/a0");
    assertThat(paths(Listing.under("/a").after("/b"))).isEmpty();
    assertThat(paths(Listing.under("/b").after("/"))).containsExactly("/b");
  }

  @Test
  void olderVersionsAreAsTheyWere() throws Exception {
    fixture.put("/a", DriveEntry.link("1"));
    long version = drive.version();
    fixture.put("/a", DriveEntry.link("2"));
    assertThat(drive.at(version).entry("/a").orElseThrow().entry().linkname()).contains("1");
    fixture.delete("/a");
    assertThat(drive.entry("/a")).isEmpty();
  }

  private BlobId put(byte[] bytes) throws IOException {
    return drive.put(new ByteArrayInputStream(bytes));
  }

  private byte[] range(BlobId blob, long from, long length) throws IOException {
    try (InputStream in = drive.read(blob, from, length)) {
      return in.readAllBytes();
    }
  }

  private List<String> paths(Listing listing) {
    List<String> paths = new ArrayList<>();
    drive.list(listing).forEachRemaining(file -> paths.add(file.path()));
    return paths;
  }

  private static byte[] bytes(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] slice(byte[] bytes, int from, int length) {
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }
}
