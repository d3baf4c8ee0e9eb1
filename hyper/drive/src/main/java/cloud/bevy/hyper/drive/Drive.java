package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.Blake2b;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeDifference;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.BeeHeader;
import cloud.bevy.hyper.bee.NodeCache;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.core.Manifest;
import cloud.bevy.hyper.core.Namespaces;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.hyper.core.Want;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// A file system on two cores: a bee of entries by path, and the files' bytes. In the format of the
/// JavaScript packages hyperdrive 13 and hyperblobs 2. Have one object for a drive.
///
/// Files are put and taken away one by one ([#put], [#link], [#delete]) or several together
/// ([#batch]); what returned is durable. Readers see the durable version.
///
/// A drive that is known by its key alone ([#remote]) is read where its cores are replicated:
/// reading fetches the blocks that it needs, and no others.
public final class Drive implements DriveView {
  private static final String DATABASE = "db";
  private static final byte[] BLOBS = Namespaces.of("hyperdrive", 0);

  private final World world;
  private final Bee bee;
  private final Blobs blobs;

  private Drive(World world, Bee bee, Blobs blobs) {
    this.world = world;
    this.bee = bee;
    this.blobs = blobs;
  }

  /// The drive of a corestore or of one of its namespaces. Nothing is written before the first
  /// change.
  public static Drive open(World world, Corestore cores, NodeCache cache) {
    KeyPair signer = cores.keyPair(DATABASE);
    Core database = cores.core(DATABASE);
    Core content = cores.core(signer, contentManifest(database.manifest(), database.key()));
    return on(world, database, content, cache);
  }

  /// The same with blocks that are encrypted, as npm's hyperdrive encrypts them.
  ///
  /// @param encryptionKey 32 secret bytes
  public static Drive open(World world, Corestore cores, NodeCache cache, byte[] encryptionKey) {
    Drive drive = open(world, cores, cache);
    drive.database().encryptedWith(encryptionKey);
    drive.content().encryptedWith(encryptionKey);
    return drive;
  }

  /// A drive on two cores.
  ///
  /// @param database the core with the entries, which has the drive's key
  /// @param content the core with the files' bytes
  public static Drive on(World world, Core database, Core content, NodeCache cache) {
    Bee bee = Bee.on(world, database, cache, BeeHeader.WITH_EMPTY_METADATA);
    return new Drive(world, bee, new Blobs(world, new Content.Given(content)));
  }

  /// A drive that is written elsewhere. Who reads waits for blocks up to [Bee#PATIENCE] each. The
  /// core with the files' bytes is found out when it is first needed.
  public static Drive remote(World world, Corestore cores, byte[] key, NodeCache cache) {
    return remote(world, cores, DriveKey.of(key), cache);
  }

  /// A drive that is written elsewhere, and may be encrypted.
  public static Drive remote(World world, Corestore cores, DriveKey key, NodeCache cache) {
    Core database = cores.remote(key.key());
    key.encryptionKey().ifPresent(database::encryptedWith);
    Bee bee = Bee.remote(world, database, cache);
    Content content = new Content.Named(bee, cores, key.encryptionKey(), new Followers());
    return new Drive(world, bee, new Blobs(world, content).patience(Bee.PATIENCE, content));
  }

  /// The same drive for readers who wait as long for a block that is elsewhere, or not at all where
  /// that is zero.
  public Drive patience(Duration patience) {
    Bee patient = bee.patience(patience);
    return new Drive(world, patient, blobs.patience(patience, blobs.content().of(patient)));
  }

  /// Has both cores followed, the one with the files' bytes from when it is found: what readers
  /// lack is fetched from then on, until what is returned is closed.
  ///
  /// @param follow begins to fetch what a core lacks: replication's `follow`
  public Registration follow(Function<Core, Registration> follow) {
    Registration entries = follow.apply(database());
    Registration files = blobs.content().follow(follow);
    return () -> {
      entries.close();
      files.close();
    };
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

  /// The core with the files' bytes. Of a remote drive it may have to be found out: this waits.
  public Core content() {
    return blobs.core();
  }

  /// The map of entries.
  public Bee bee() {
    return bee;
  }

  /// Whether the drive's signer is here.
  public boolean writable() {
    return bee.core().writable();
  }

  /// Asks where the drive is written what the newest version is, and waits until it is known here.
  /// Returns at once where nobody can be asked.
  ///
  /// @return whether there is something new
  /// @throws TimeoutException where somebody has not answered in time
  public boolean update(Duration deadline) throws InterruptedException, TimeoutException {
    return bee.update(deadline);
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

  /// What a folder has now, whatever is changed meanwhile.
  @Override
  public Iterator<DriveFile> list(Folder folder) {
    return now().list(folder);
  }

  @Override
  public Iterator<String> names(String folder) {
    return now().names(folder);
  }

  /// The drive as it is now: the durable version.
  public DriveView now() {
    return new EntryView(bee.now().sub(EntryView.FILES), blobs);
  }

  /// The drive as it was at an earlier version. Bytes that were cleared since are no more.
  public DriveView at(long version) {
    return new EntryView(bee.at(version).sub(EntryView.FILES), blobs);
  }

  /// The paths of a folder at which two versions do not have the same entry, in ascending order.
  public Iterator<DriveDifference> differences(long before, long after, String folder) {
    return differences(bee.differences(before, after, EntryView.range(folder)));
  }

  /// The paths that begin with a text and at which two versions do not have the same entry, in
  /// ascending order. Nothing is normalised.
  public Iterator<DriveDifference> differencesUnder(long before, long after, String prefix) {
    return differences(bee.differences(before, after, Range.prefix(EntryView.whole(prefix))));
  }

  private static Iterator<DriveDifference> differences(Iterator<BeeDifference> entries) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public DriveDifference next() {
        BeeDifference entry = entries.next();
        return new DriveDifference(
            entry.before().map(EntryView::ofWhole), entry.after().map(EntryView::ofWhole));
      }
    };
  }

  /// The path of an entry of [#bee]; nothing where that is not one of the files.
  public static Optional<String> path(BeeEntry entry) {
    return EntryView.pathOfWhole(entry);
  }

  /// The file of an entry of [#bee]; nothing where that is not one of the files.
  ///
  /// @param entry one that was put, not one that was deleted
  public static Optional<DriveFile> file(BeeEntry entry) {
    return EntryView.pathOfWhole(entry).map(_ -> EntryView.ofWhole(entry));
  }

  /// The versions from now on in which something in a folder has changed, as they arrive.
  public DriveWatch watch(String folder) {
    return new DriveWatch(bee.watch(EntryView.range(folder)), blobs);
  }

  /// Takes the turn to change entries: others wait until the batch is committed or closed.
  public DriveBatch batch() {
    return new DriveBatch(bee.batch(), blobs);
  }

  /// Puts a file, and waits until it is durable.
  public void put(String path, byte[] bytes) {
    put(path, bytes, FileOptions.PLAIN);
  }

  /// Puts a file, and waits until it is durable.
  public void put(String path, byte[] bytes, FileOptions options) {
    enter(DrivePath.normal(path), options, ready(blobs.write(bytes)));
  }

  /// Puts a file, and waits until it is durable. Holds a few blocks in memory, however many bytes
  /// there are.
  ///
  /// @throws IOException where `bytes` fails; nothing is put then
  public void put(String path, InputStream bytes, FileOptions options) throws IOException {
    String normal = DrivePath.normal(path);
    enter(normal, options, send(bytes));
  }

  private void enter(String path, FileOptions options, PendingBlob blob) {
    try (DriveBatch batch = batch()) {
      batch.behind(blob);
      batch.put(path, options.entry(blob.blob()));
      BlobWriter.await(batch.commit());
    }
  }

  /// Puts a symbolic link, and waits until it is durable.
  ///
  /// @param target an absolute path, or one that is seen from the folder that the link is in
  public void link(String path, String target) {
    try (DriveBatch batch = batch()) {
      batch.put(DrivePath.normal(path), DriveEntry.link(target));
      BlobWriter.await(batch.commit());
    }
  }

  /// Takes a file or a link away, and waits until that is durable. Earlier versions still have it.
  ///
  /// @return whether there was any
  public boolean delete(String path) {
    try (DriveBatch batch = batch()) {
      boolean deleted = batch.delete(DrivePath.normal(path));
      BlobWriter.await(batch.commit());
      return deleted;
    }
  }

  /// Stores bytes, and waits until they are durable. They belong to no entry yet. Holds a few
  /// blocks in memory, however many bytes there are. Where `bytes` fails, what was stored of it is
  /// cleared.
  ///
  /// @throws IOException where `bytes` fails
  public BlobId put(InputStream bytes) throws IOException {
    PendingBlob pending = blobs.write(bytes);
    pending.await();
    return pending.blob();
  }

  /// The same without waiting until all of them are durable: something that is to have the blob is
  /// committed behind it ([DriveBatch#behind]), or else the blob is cleared ([#clear]). The last of
  /// the bytes may not go to the disk before.
  ///
  /// @throws IOException where `bytes` fails
  public PendingBlob send(InputStream bytes) throws IOException {
    return ready(blobs.write(bytes));
  }

  /// The same without waiting for the store either: whoever commits something behind it waits
  /// first, so that nobody has to who has the turn ([PendingBlob#ready]).
  ///
  /// @throws IOException where `bytes` fails
  public PendingBlob begin(InputStream bytes) throws IOException {
    return blobs.write(bytes);
  }

  /// Waits for the store, so that nobody has to who has the turn to change entries.
  private static PendingBlob ready(PendingBlob pending) {
    pending.ready();
    return pending;
  }

  /// Makes one blob of several, in that order, without copying their bytes, and waits until it is
  /// durable. The parts' bytes are then the new blob's: clear it, not them.
  public BlobId join(List<BlobId> parts) {
    return blobs.join(parts);
  }

  /// How many bytes a blob has.
  @Override
  public long size(BlobId blob) {
    return blobs.size(blob);
  }

  /// A blob's bytes, read block by block.
  public InputStream read(BlobId blob) {
    return blobs.read(blob, 0, Long.MAX_VALUE);
  }

  @Override
  public InputStream read(BlobId blob, long from, long length) {
    return blobs.read(blob, from, length);
  }

  /// Says that a blob will be read soon.
  void expect(BlobId blob) {
    blobs.expect(blob);
  }

  /// Whether all of a blob's bytes are here.
  public boolean has(BlobId blob) {
    return blobs.has(blob);
  }

  /// The blocks of the core with the files' bytes that a blob has, in ranges.
  public List<Want.Blocks> blocks(BlobId blob) {
    return blobs.ranges(blob);
  }

  /// Whether all bytes of a file, or of all files in a folder, are here, so that they can be read
  /// without anybody's help. Not where there is no such file or folder.
  public boolean has(String path) {
    Optional<DriveFile> file =
        path.endsWith("/") || path.isEmpty() ? Optional.empty() : entry(DrivePath.normal(path));
    if (file.isPresent()) {
      return file.get().entry().blob().filter(blobs::has).isPresent();
    }
    Iterator<DriveFile> files = list(Folder.of(path));
    boolean any = files.hasNext();
    while (files.hasNext()) {
      Optional<BlobId> blob = files.next().entry().blob();
      if (blob.isPresent() && !blobs.has(blob.get())) {
        return false;
      }
    }
    return any;
  }

  /// Begins to fetch the bytes of all files in a folder.
  public DriveDownload download(Folder folder) {
    return new DriveDownload(world, blobs, list(folder));
  }

  /// Copies what has changed from a folder of the disk into this drive: see [Mirror].
  public Mirror mirrorFrom(Path folder) {
    return Mirror.of(new DiskFolder(world, folder), new DriveTree(this));
  }

  /// Copies what has changed from this drive to another: see [Mirror].
  public Mirror mirrorTo(Drive other) {
    return Mirror.of(new DriveTree(this), new DriveTree(other));
  }

  /// Copies what has changed from this drive to a folder of the disk: see [Mirror].
  public Mirror mirrorTo(Path folder) {
    return Mirror.of(new DriveTree(this), new DiskFolder(world, folder));
  }

  /// Keeps a blob's bytes from being cleared until what is returned is closed. For those who read
  /// an earlier version, whose bytes may be gone.
  ///
  /// @return nothing where not all of them are here, or they are about to be cleared
  public Optional<Registration> hold(BlobId blob) {
    return blobs.hold(blob);
  }

  /// Forgets a blob's bytes to make room, as soon as nobody is reading them. Call it once it is
  /// durable that no entry has the blob any more, or where others have the bytes.
  public void clear(BlobId blob) {
    blobs.clear(blob);
  }

  /// Forgets a file's bytes to make room; the entry stays, and a remote drive's bytes can be
  /// fetched again.
  public void clear(String path) {
    entry(DrivePath.normal(path)).flatMap(file -> file.entry().blob()).ifPresent(this::clear);
  }

  /// Forgets the bytes of all files.
  public void clearAll() {
    Core content = content();
    if (content.length() > 0) {
      BlobWriter.await(content.clear(0, content.length()));
    }
  }

  /// Forgets the drive and all it has, here. Nothing may use it any more.
  public void purge() {
    Optional<Core> content = blobs.content().known();
    BlobWriter.await(database().drop());
    content.ifPresent(core -> BlobWriter.await(core.drop()));
  }
}
