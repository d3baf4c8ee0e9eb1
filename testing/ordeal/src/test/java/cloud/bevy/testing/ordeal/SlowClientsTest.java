package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/// Clients that send a few bytes at a time, a thousand of them at once, some with bad intent, and
/// the real program. All begin together, so that there is but one wait for those that are cut off.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowClientsTest {
  private static final int CLIENTS = 1_000;
  private static final int ROUNDS = 7;
  private static final int BYTES_A_ROUND = 700;
  private static final int OBJECT_BYTES = (ROUNDS + 1) * BYTES_A_ROUND;
  private static final long NEVER_WHOLE = 1L << 30;
  private static final long MOST_KIB = 64 * 1024;
  private static final String BUCKET = "slow";

  /// Two of the clients stay: one sends nothing more, the other so little that it is no progress.
  private static final int STALLING = 1;

  private static final int TRICKLING = 3;

  private BevyProcess bevy;
  private S3Client s3;
  private URI url;
  private SlowUpload slowHead;
  private List<SlowUpload> uploads;
  private long idle;
  private long busy;

  @BeforeAll
  void uploadSlowly(@TempDir Path folder) throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/statm")), "needs Linux's /proc");
    bevy = BevyProcess.start(folder.resolve("home"));
    Map<String, String> environment = bevy.environment();
    s3 = bevy.s3(environment);
    s3.createBucket(r -> r.bucket(BUCKET));
    List<URI> urls = new ArrayList<>();
    try (Presigner presigner = new Presigner(bevy, environment)) {
      url = presigner.put(BUCKET, "refused");
      for (int i = 0; i < CLIENTS; i++) {
        urls.add(presigner.put(BUCKET, Integer.toString(i)));
      }
    }
    warmUp(urls.getFirst());
    idle = residentKib();
    slowHead = new SlowUpload(url, "X-Slow: a");
    uploads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      uploads.add(new SlowUpload(urls.get(i), whole(i) ? OBJECT_BYTES : NEVER_WHOLE));
      uploads.get(i).send(BYTES_A_ROUND);
    }
    for (int round = 1; round < ROUNDS; round++) {
      for (SlowUpload upload : uploads) {
        upload.send(BYTES_A_ROUND);
      }
    }
    busy = residentKib();
    finish();
  }

  @AfterAll
  void stop() {
    if (bevy != null) {
      bevy.close();
    }
  }

  @Test
  void aThousandSlowUploadsTakeLittleMemory() {
    System.out.println(
        "SlowClientsTest: idle %d KiB resident, with %d uploads %d KiB"
            .formatted(idle, CLIENTS, busy));
    assertThat(busy - idle).isLessThan(MOST_KIB);
  }

  @Test
  void uploadsBrokenOffLeaveNothingAndTheOthersAreWhole() {
    ListObjectVersionsResponse found = s3.listObjectVersions(r -> r.bucket(BUCKET));
    assertThat(found.isTruncated()).isFalse();
    assertThat(found.versions())
        .hasSize(CLIENTS / 2)
        .allMatch(version -> whole(Integer.parseInt(version.key())))
        .allMatch(version -> version.size() == OBJECT_BYTES);
    assertThat(found.deleteMarkers()).isEmpty();
  }

  @Test
  void aHeadThatDoesNotEndIsCutOff() throws Exception {
    assertThat(slowHead.status()).startsWith("HTTP/1.1 408");
    assertThat(slowHead.rest()).contains("Connection: close");
  }

  @Test
  void aBodyThatStallsIsCutOff() throws Exception {
    assertThat(uploads.get(STALLING).status()).startsWith("HTTP/1.1 408");
    assertThat(uploads.get(STALLING).rest()).contains("Connection: close");
  }

  @Test
  void aBodyThatTricklesIsCutOff() throws Exception {
    SlowUpload upload = uploads.get(TRICKLING);
    while (!upload.answered()) {
      upload.send(1);
      Thread.sleep(100);
    }
    assertThat(upload.status()).startsWith("HTTP/1.1 408");
  }

  @Test
  void aFloodOfHeadersIsRefused() throws Exception {
    try (SlowUpload many = new SlowUpload(url, "A: b\r\n".repeat(1_000) + "\r\n");
        SlowUpload large = new SlowUpload(url, "A: " + "b".repeat(100_000))) {
      assertThat(many.status()).startsWith("HTTP/1.1 431");
      assertThat(large.status()).startsWith("HTTP/1.1 431");
    }
  }

  /// Every other upload is sent to its end.
  private static boolean whole(int number) {
    return number % 2 == 0;
  }

  private void finish() throws IOException {
    for (int i = 0; i < CLIENTS; i++) {
      SlowUpload upload = uploads.get(i);
      if (whole(i)) {
        upload.send(BYTES_A_ROUND);
        assertThat(upload.status()).isEqualTo("HTTP/1.1 200 OK");
        upload.close();
      } else if (i != STALLING && i != TRICKLING) {
        upload.breakOff();
      }
    }
  }

  private static void warmUp(URI url) throws IOException {
    for (int i = 0; i < CLIENTS / 5; i++) {
      try (SlowUpload upload = new SlowUpload(url, BYTES_A_ROUND)) {
        upload.send(BYTES_A_ROUND);
        assertThat(upload.status()).isEqualTo("HTTP/1.1 200 OK");
      }
    }
  }

  /// What is resident when what is no longer needed has been given back.
  private long residentKib() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    String collect = jcmd + " " + bevy.pid() + " GC.run";
    String again = collect + " && " + collect + " && " + collect;
    new Shell(BevyProcess.ROOT, Map.of()).run(again).requireSuccess();
    return Files.readAllLines(Path.of("/proc", Long.toString(bevy.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }
}
