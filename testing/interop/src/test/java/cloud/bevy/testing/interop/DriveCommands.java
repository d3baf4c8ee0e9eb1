package cloud.bevy.testing.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.bevy.hyper.drive.BlobId;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.drive.DriveBatch;
import cloud.bevy.hyper.drive.DriveEntry;
import cloud.bevy.hyper.drive.DriveFile;
import cloud.bevy.hyper.drive.DriveView;
import cloud.bevy.hyper.drive.Listing;
import cloud.bevy.testing.peers.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be asked of a drive: the same as `lib/drives.mjs` answers.
final class DriveCommands {
  private static final int SMALL = 4096;
  private static final int PIECE = 1 << 20;

  private final Holdings holdings;

  DriveCommands(Holdings holdings) {
    this.holdings = holdings;
  }

  Map<String, Command> all() {
    return Map.of(
        "drive.open", this::open,
        "drive.info", request -> about(drive(request)),
        "drive.update", this::update,
        "drive.put", this::put,
        "drive.link", this::link,
        "drive.delete", this::delete,
        "drive.entry", this::entry,
        "drive.list", this::list,
        "drive.read", this::read);
  }

  private static Object about(Drive drive) {
    return Map.of(
        "key", HexFormat.of().formatHex(drive.key()),
        "version", drive.version(),
        "db", CoreCommands.describe(drive.database()),
        "blobs", CoreCommands.describe(drive.content()));
  }

  private Drive drive(Request request) {
    return holdings.thing(request.text("of"), Drive.class);
  }

  private DriveView view(Request request) {
    Drive drive = drive(request);
    return request.maybeNumber("version").isPresent()
        ? drive.at(request.number("version"))
        : drive.now();
  }

  private Object open(Request request) {
    Optional<byte[]> key = request.bytes("key");
    Drive drive =
        key.isPresent()
            ? holdings.drive(key.get())
            : Drive.open(
                holdings.world, holdings.corestore.namespace(request.text("name")), holdings.cache);
    holdings.keep(request.text("as"), drive);
    return Map.of("key", HexFormat.of().formatHex(drive.key()), "version", drive.version());
  }

  private Object update(Request request) throws Exception {
    drive(request).update(Holdings.PATIENCE);
    return version(drive(request));
  }

  private static Object version(Drive drive) {
    return Map.of("version", drive.version());
  }

  private Object put(Request request) throws Exception {
    Drive drive = drive(request);
    BlobId blob = drive.put(content(request));
    DriveEntry file = DriveEntry.file(blob);
    return change(
        drive, request.text("path"), request.flag("executable") ? file.asExecutable() : file);
  }

  private static InputStream content(Request request) {
    Optional<String> text = request.maybeText("text");
    if (text.isPresent()) {
      return new ByteArrayInputStream(text.get().getBytes(UTF_8));
    }
    long size = request.number("size");
    List<InputStream> pieces = new ArrayList<>();
    for (long at = 0; at < size; at += PIECE) {
      int index = Math.toIntExact(at / PIECE);
      int length = Math.toIntExact(Math.min(PIECE, size - at));
      pieces.add(new ByteArrayInputStream(Content.block(request.small("seed"), index, length)));
    }
    return new SequenceInputStream(Collections.enumeration(pieces));
  }

  private Object link(Request request) throws Exception {
    return change(drive(request), request.text("path"), DriveEntry.link(request.text("target")));
  }

  private static Object change(Drive drive, String path, DriveEntry entry) throws Exception {
    try (DriveBatch batch = drive.batch()) {
      batch.put(path, entry);
      batch.commit().await(Holdings.PATIENCE);
    }
    return version(drive);
  }

  private Object delete(Request request) throws Exception {
    try (DriveBatch batch = drive(request).batch()) {
      batch.delete(request.text("path"));
      batch.commit().await(Holdings.PATIENCE);
    }
    return version(drive(request));
  }

  private Object entry(Request request) {
    return Collections.singletonMap(
        "entry", told(view(request).entry(request.text("path")), drive(request)));
  }

  private Object list(Request request) {
    String folder = request.text("folder");
    String prefix = folder.endsWith("/") ? folder : folder + "/";
    List<Object> entries = new ArrayList<>();
    view(request)
        .list(Listing.under(prefix))
        .forEachRemaining(file -> entries.add(told(Optional.of(file), drive(request))));
    return Map.of("entries", entries);
  }

  private static @Nullable Object told(Optional<DriveFile> found, Drive drive) {
    if (found.isEmpty()) {
      return null;
    }
    DriveEntry entry = found.get().entry();
    Map<String, Object> value = new HashMap<>();
    value.put("executable", entry.executable());
    value.put("linkname", entry.linkname().orElse(null));
    value.put(
        "blob", entry.blob().map(blob -> Map.of("byteLength", drive.size(blob))).orElse(null));
    return Map.of("key", found.get().path(), "seq", found.get().sequence(), "value", value);
  }

  private Object read(Request request) throws Exception {
    Drive drive = drive(request);
    Optional<BlobId> blob = view(request).entry(request.text("path")).orElseThrow().entry().blob();
    long size = blob.isPresent() ? drive.size(blob.get()) : 0;
    long start = request.number("start", 0);
    long length = request.number("end", size - 1) + 1 - start;
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    ByteArrayOutputStream begin = new ByteArrayOutputStream();
    if (length > 0) {
      try (InputStream bytes = drive.read(blob.orElseThrow(), start, length)) {
        length = copy(bytes, hash, begin);
      }
    }
    Map<String, Object> said = new HashMap<>();
    said.put("size", length);
    said.put("sha256", HexFormat.of().formatHex(hash.digest()));
    said.put("text", length <= SMALL ? begin.toString(UTF_8) : null);
    return said;
  }

  private static long copy(InputStream bytes, MessageDigest hash, ByteArrayOutputStream begin)
      throws IOException {
    byte[] buffer = new byte[64 << 10];
    long size = 0;
    for (int count = bytes.read(buffer); count > 0; count = bytes.read(buffer)) {
      hash.update(buffer, 0, count);
      begin.write(buffer, 0, Math.min(count, Math.max(0, SMALL - begin.size())));
      size += count;
    }
    return size;
  }
}
