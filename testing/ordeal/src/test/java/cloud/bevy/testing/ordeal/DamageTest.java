package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Files of the store that somebody, or a failing disk, has changed.
class DamageTest {
  private static final String BUCKET = "damaged";
  private static final int OBJECTS = 60;
  private static final int LARGEST = 300_000;
  private static final int WOUNDS = 12;

  @TempDir private Path folder;

  private final Random random = new Random(7);
  private final Map<String, byte[]> written = new HashMap<>();

  @Test
  void aDamagedBlockIsNeverServed() throws Exception {
    Path home = folder.resolve("home");
    Map<String, String> environment;
    try (BevyProcess bevy = BevyProcess.start(home)) {
      environment = bevy.environment();
      write(bevy.s3(environment));
      bevy.stop();
    }
    wound(home.resolve("store"));
    try (BevyProcess bevy = BevyProcess.start(home)) {
      int refused = read(bevy.s3(environment));
      System.out.println("DamageTest: " + refused + " of " + OBJECTS + " objects were refused");
      assertThat(refused).isBetween(1, OBJECTS - 1);
      Shell.Outcome verified = bevy.bevy("verify bucket " + BUCKET);
      assertThat(verified.exitCode()).isEqualTo(1);
      assertThat(verified.output()).contains("bucket damaged: DAMAGED").contains("    block ");
      assertThat(verified.output())
          .containsPattern(
              "    object object-[0-9]+ has block [0-9]+ of content, which is damaged"
                  + "|    not all of the objects can be listed: ");
    }
  }

  @Test
  void aForeignStateFolderStopsTheStartWithASentence() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.writeString(home.resolve("thesis.txt"), "not yours");
    Shell shell = new Shell(BevyProcess.ROOT, Map.of("BEVY_HOME", home.toString()));
    Shell.Outcome outcome = shell.run(List.of("./bevy", "up", "--port", "0"));
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output()).contains("is not a bevy state folder").contains("--home");
  }

  private void write(S3Client s3) {
    s3.createBucket(r -> r.bucket(BUCKET));
    for (int i = 0; i < OBJECTS; i++) {
      String key = "object-" + i;
      byte[] content = new byte[random.nextInt(LARGEST)];
      random.nextBytes(content);
      s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
      written.put(key, content);
    }
  }

  /// Flips single bits in the middle half of the largest file, where the objects are.
  private void wound(Path store) throws IOException {
    Path largest = files(store).getFirst();
    try (RandomAccessFile file = new RandomAccessFile(largest.toFile(), "rw")) {
      long length = file.length();
      for (int i = 0; i < WOUNDS; i++) {
        long at = length / 4 + random.nextLong(length / 2);
        file.seek(at);
        int old = file.read();
        file.seek(at);
        file.write(old ^ 1 << random.nextInt(Byte.SIZE));
      }
    }
  }

  private static List<Path> files(Path store) throws IOException {
    try (Stream<Path> paths = Files.walk(store)) {
      List<Path> files = new ArrayList<>(paths.filter(Files::isRegularFile).toList());
      files.sort((a, b) -> Long.compare(b.toFile().length(), a.toFile().length()));
      return files;
    }
  }

  /// Reads every object.
  ///
  /// @return how many were refused; the others are what was written
  private int read(S3Client s3) {
    int refused = 0;
    for (Map.Entry<String, byte[]> object : written.entrySet()) {
      try {
        byte[] content =
            s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(object.getKey())).asByteArray();
        assertThat(content).as(object.getKey()).isEqualTo(object.getValue());
      } catch (SdkException damaged) {
        refused++;
      }
    }
    return refused;
  }
}
