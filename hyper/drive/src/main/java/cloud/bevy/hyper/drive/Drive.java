package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.Blake2b;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeHeader;
import cloud.bevy.hyper.bee.NodeCache;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.core.Manifest;
import cloud.bevy.hyper.core.Namespaces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// A file system on two cores: a bee of entries by path, and the files' bytes. In the format of the
/// JavaScript packages hyperdrive 13 and hyperblobs 2. Have one object for a drive.
///
/// To write a file, first [#put] its bytes, then its entry in a [#batch]. Readers see the durable
/// version.
public final class Drive implements DriveView {
  private static final String DATABASE = "db";
  private static final byte[] FILES = "files".getBytes(StandardCharsets.UTF_8);
  private static final byte[] BLOBS = Namespaces.of("hyperdrive", 0);

  private final Bee bee;
  private final Blobs blobs;

  private Drive(World world, Core database, Core content, NodeCache cache) {
    this.bee = Bee.on(world, database, cache, BeeHeader.WITH_EMPTY_METADATA);
    this.blobs = new Blobs(content);
  }

  /// The drive of a corestore or of one of its namespaces. Nothing is written before the first
  /// change.
  public static Drive open(World world, Corestore cores, NodeCache cache) {
    KeyPair signer = cores.keyPair(DATABASE);
    Core database = cores.core(DATABASE);
    Core content = cores.core(signer, contentManifest(database.manifest(), database.key()));
    return new Drive(world, database, content, cache);
  }

  /// A drive on two cores.
  ///
  /// @param database the core with the entries, which has the drive's key
  /// @param content the core with the files' bytes
  public static Drive on(World world, Core database, Core content, NodeCache cache) {
    return new Drive(world, database, content, cache);
  }

  /// Who signs a drive's content: the same as its entries, under namespaces of their own.
  ///
  /// @param database the manifest of the core with the entries, of version 1 or later
  /// @param key that core's key
  public static Manifest contentManifest(Manifest database, byte[] key) {
    List<Manifest.Signer> signers =
        database.signers().stream()
            .map(signer ->
                new Manifest.Signer(
                    Blake2b.hash256(BLOBS, key, signer.namespace()), signer.publicKey()))
            .toList();
    return new Manifest(
        database.version(),
        database.allowPatch(),
        database.quorum(),
        signers,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// The 32 bytes that name the drive.
  public byte[] key() {
    return bee.core().key();
  }

  /// The core with the entries.
  public Core database() {
    return bee.core();
  }

  /// The core with the files' bytes.
  public Core content() {
    return blobs.core();
  }

  /// The map of entries.
  public Bee bee() {
    return bee;
  }

  /// The durable version.
  @Override
  public long version() {
    return bee.version();
  }

  @Override
  public Optional<DriveFile> entry(String path) {
    return now().entry(path);
  }

  @Override
  public Iterator<DriveFile> list(Listing listing) {
    return now().list(listing);
  }

  /// The entries as they are now: the durable version.
  public DriveView now() {
    return new EntryView(bee.now().sub(FILES));
  }

  /// The entries as they were at an earlier version. Bytes that were cleared since are no more.
  public DriveView at(long version) {
    return new EntryView(bee.at(version).sub(FILES));
  }

  /// Takes the turn to change entries: others wait until the batch is committed or closed.
  public DriveBatch batch() {
    return new DriveBatch(bee.batch(), FILES);
  }

  /// Stores bytes, and waits until they are durable. They belong to no entry yet. Holds a few
  /// blocks in memory, however many bytes there are. Where `bytes` fails, what was stored of it is
  /// cleared.
  ///
  /// @throws IOException where `bytes` fails
  public BlobId put(InputStream bytes) throws IOException {
    return blobs.put(bytes);
  }

  /// Makes one blob of several, in that order, without copying their bytes, and waits until it is
  /// durable. The parts' bytes are then the new blob's: clear it, not them.
  public BlobId join(List<BlobId> parts) {
    return blobs.join(parts);
  }

  /// How many bytes a blob has.
  public long size(BlobId blob) {
    return blobs.size(blob);
  }

  /// A blob's bytes, read block by block.
  public InputStream read(BlobId blob) {
    return blobs.read(blob, 0, Long.MAX_VALUE);
  }

  /// Some of a blob's bytes; of blocks without any of them nothing is read.
  ///
  /// @param from how many bytes to leave out
  /// @param length how many bytes at most
  public InputStream read(BlobId blob, long from, long length) {
    return blobs.read(blob, from, length);
  }

  /// Forgets a blob's bytes to make room, as soon as nobody is reading them. Call it once it is
  /// durable that no entry has the blob any more.
  public void clear(BlobId blob) {
    blobs.clear(blob);
  }
}
