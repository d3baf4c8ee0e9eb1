package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.bee.NodeCache;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.store.Ticket;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/// A drive in a temporary folder.
final class DriveFixture implements AutoCloseable {
  static final byte[] PRIMARY_KEY = new byte[32];

  static {
    Arrays.fill(PRIMARY_KEY, (byte) 0x2a);
  }

  final World world = RealWorld.create((_, _) -> {});
  final Store store;
  final Corestore cores;
  final Drive drive;

  DriveFixture(Path folder) {
    store = Store.open(world, folder.resolve("store"), StoreLimits.defaults());
    cores = Corestore.open(world, store, PRIMARY_KEY);
    drive = Drive.open(world, cores, new NodeCache(1 << 20));
  }

  static JsonNode vectors(String file) throws IOException {
    try (InputStream in = DriveFixture.class.getResourceAsStream(file)) {
      return new ObjectMapper().readTree(in);
    }
  }

  void put(String path, DriveEntry entry) throws Exception {
    try (DriveBatch batch = drive.batch()) {
      batch.put(path, entry);
      await(batch.commit());
    }
  }

  void delete(String path) throws Exception {
    try (DriveBatch batch = drive.batch()) {
      batch.delete(path);
      await(batch.commit());
    }
  }

  byte[] read(BlobId blob) throws IOException {
    try (InputStream in = drive.read(blob)) {
      return in.readAllBytes();
    }
  }

  static void await(Ticket ticket) throws Exception {
    ticket.await(Duration.ofSeconds(30));
  }

  @Override
  public void close() {
    store.close();
  }
}
