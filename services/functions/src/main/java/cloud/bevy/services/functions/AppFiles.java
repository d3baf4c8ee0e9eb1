package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.drive.BlobId;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.drive.DriveBatch;
import cloud.bevy.hyper.drive.DriveFile;
import cloud.bevy.hyper.drive.Listing;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The files of one deployment of an app, in the app's drive.
final class AppFiles {
  private static final int TAG_BYTES = 16;

  private final Cloud cloud;
  private final App.Place place;

  AppFiles(Cloud cloud, App.Place place) {
    this.cloud = cloud;
    this.place = place;
  }

  /// A name for the drive of an app that was not there before.
  static String newDrive(World world) {
    return "app/" + HexFormat.of().formatHex(world.chance().bytes(8));
  }

  /// Begins to write the deployment.
  Writing write() {
    return new Writing(this);
  }

  /// Stores files' bytes, and then their entries in one step. What is not kept is undone.
  static final class Writing implements AutoCloseable {
    private final AppFiles files;
    private final SequencedMap<String, StaticFile> stored = new LinkedHashMap<>();
    private boolean committed;
    private boolean kept;

    private Writing(AppFiles files) {
      this.files = files;
    }

    /// Stores a file's bytes; they are durable when this returns.
    void add(BundleFile file) throws IOException {
      MessageDigest digest = sha256();
      BlobId blob = files.drive().put(new DigestInputStream(file.content(), digest));
      String tag = HexFormat.of().formatHex(digest.digest(), 0, TAG_BYTES);
      stored.put(file.path(), new StaticFile(blob, file.size(), tag));
    }

    /// The paths of what was stored.
    List<String> paths() {
      return List.copyOf(stored.keySet());
    }

    /// Puts the entries; they are durable when this returns.
    void commit() {
      try (DriveBatch batch = files.drive().batch()) {
        stored.forEach((path, file) -> batch.put(files.place.path(path), file.entry()));
        files.cloud.durable(batch.commit());
      }
      committed = true;
    }

    /// Says that what was committed is in use.
    void keep() {
      kept = true;
    }

    @Override
    public void close() {
      if (!kept && committed) {
        files.delete();
      } else if (!kept) {
        stored.values().forEach(file -> files.drive().clear(file.blob()));
      }
    }
  }

  /// All files by their path in the bundle.
  Map<String, StaticFile> all() {
    Map<String, StaticFile> files = new LinkedHashMap<>();
    String folder = place.path("");
    for (Iterator<DriveFile> each = drive().list(Listing.under(folder)); each.hasNext(); ) {
      DriveFile file = each.next();
      file.entry()
          .blob()
          .ifPresent(blob ->
              files.put(
                  file.path().substring(folder.length()),
                  StaticFile.of(blob, file.entry().metadata().orElse(""))));
    }
    return files;
  }

  /// A file's bytes.
  InputStream read(StaticFile file) {
    return drive().read(file.blob());
  }

  /// Some of a file's bytes.
  InputStream read(StaticFile file, long from, long length) {
    return drive().read(file.blob(), from, length);
  }

  /// A small file whole.
  byte[] readWhole(String path) throws IOException {
    Optional<DriveFile> found = drive().entry(place.path(path));
    if (found.isEmpty() || found.get().entry().blob().isEmpty()) {
      throw new IOException("the app has no file " + path);
    }
    try (InputStream in = drive().read(found.get().entry().blob().get())) {
      return in.readAllBytes();
    }
  }

  /// Deletes everything.
  void delete() {
    Map<String, StaticFile> files = all();
    try (DriveBatch batch = drive().batch()) {
      files.keySet().forEach(path -> batch.delete(place.path(path)));
      cloud.durable(batch.commit());
    }
    files.values().forEach(file -> drive().clear(file.blob()));
  }

  private Drive drive() {
    return cloud.drive(place.drive());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
