package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// A real file system without room.
class FullDiskTest {
  private static final int OBJECT_BYTES = 1 << 20;
  private static final int MORE_THAN_FIT = 60;
  private static final String BUCKET = "small";

  @TempDir private Path folder;

  @Test
  void aFullDiskRefusesWritesAndKeepsReading() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Shell shell = new Shell(folder, Map.of());
    assumeTrue(
        shell.run("mount -t tmpfs -o size=32m tmpfs disk").exitCode() == 0,
        "mounting a file system is not permitted here");
    try (BevyProcess bevy = BevyProcess.start(disk.resolve("home"))) {
      S3Client s3 = bevy.s3(bevy.environment());
      s3.createBucket(r -> r.bucket(BUCKET));
      int stored = fill(s3);
      assertThat(stored).isBetween(8, MORE_THAN_FIT - 1);
      for (int i = 0; i < stored; i++) {
        String key = Integer.toString(i);
        assertThat(s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(key)).asByteArray())
            .isEqualTo(content(i));
      }
      int refused = stored;
      String last = Integer.toString(refused);
      assertThat(s3.listObjectsV2(r -> r.bucket(BUCKET)).contents())
          .hasSize(stored)
          .noneMatch(object -> object.key().equals(last));
    } finally {
      shell.run("umount disk");
    }
  }

  /// Puts objects until one is refused.
  ///
  /// @return how many were stored
  private static int fill(S3Client s3) {
    for (int i = 0; i < MORE_THAN_FIT; i++) {
      String key = Integer.toString(i);
      try {
        s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromBytes(content(i)));
      } catch (S3Exception refusal) {
        assertThat(refusal.statusCode()).isBetween(500, 599);
        assertThat(refusal.getMessage()).containsIgnoringCase("disk");
        return i;
      }
    }
    return MORE_THAN_FIT;
  }

  private static byte[] content(int number) {
    byte[] bytes = new byte[OBJECT_BYTES];
    new Random(number).nextBytes(bytes);
    return bytes;
  }
}
