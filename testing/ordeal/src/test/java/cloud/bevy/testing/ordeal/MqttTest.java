package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;

/// Mosquitto's clients and npm's with the broker of a real process, which is killed.
@Timeout(300)
class MqttTest {
  private static final int MESSAGES = 2_000;

  @TempDir private Path folder;

  private static String port(BevyProcess bevy) throws Exception {
    return bevy.bevy("status --json")
        .requireSuccess()
        .replaceAll("(?s).*\"mqtt\" ?: ?\"[^\"]*:([0-9]+)\".*", "$1");
  }

  /// A shell in which `$M` are the options of Mosquitto's clients.
  private Shell shell(BevyProcess bevy) throws Exception {
    Map<String, String> environment = new HashMap<>(bevy.environment());
    environment.put(
        "M",
        "-h 127.0.0.1 -p %s -u %s -P %s"
            .formatted(
                port(bevy),
                environment.get("AWS_ACCESS_KEY_ID"),
                environment.get("AWS_SECRET_ACCESS_KEY")));
    return new Shell(folder, environment);
  }

  @Test
  void everyMessageThatWasAcknowledgedArrivesThoughTheProcessIsKilled() throws Exception {
    Tools.need("mosquitto_pub");
    Path home = folder.resolve("home");
    String hear = "mosquitto_sub $M -V 5 -i device -c -x 3600 -q 2 -t 'd/#' ";
    try (BevyProcess bevy = BevyProcess.start(home, "--mqtt-port", "0")) {
      Shell shell = shell(bevy);
      shell.run(hear + "-E -W 5").requireSuccess();
      shell.run("seq " + MESSAGES + " | mosquitto_pub $M -q 1 -t d/1 -l").requireSuccess();
      shell.run("seq " + MESSAGES + " | mosquitto_pub $M -V 5 -q 2 -t d/2 -l").requireSuccess();
      shell.run("mosquitto_pub $M -q 1 -r -t kept -m retained").requireSuccess();
      bevy.kill();
    }
    try (BevyProcess bevy = BevyProcess.start(home, "--mqtt-port", "0")) {
      Shell shell = shell(bevy);
      String heard = shell.run(hear + "-F '%t %p' -W 60 -C " + 2 * MESSAGES).requireSuccess();
      for (int topic = 1; topic <= 2; topic++) {
        String prefix = "d/" + topic + " ";
        assertThat(heard.lines().filter(line -> line.startsWith(prefix)).toList())
            .isEqualTo(
                IntStream.rangeClosed(1, MESSAGES)
                    .mapToObj(number -> prefix + number)
                    .collect(Collectors.toList()));
      }
      assertThat(shell.run("mosquitto_sub $M -t '#' -C 1 -W 20 -F '%r %p'").output())
          .isEqualTo("1 retained\n");
    }
  }

  @Test
  void aTopicIsToldOfWhatHappensInABucket() throws Exception {
    Tools.need("mosquitto_pub");
    try (BevyProcess bevy = BevyProcess.start(folder.resolve("home"), "--mqtt-port", "0")) {
      Shell shell = shell(bevy);
      shell.run("mosquitto_sub $M -V 5 -i w -c -x 60 -q 1 -t up/# -E -W 5").requireSuccess();
      S3Client s3 = bevy.s3(bevy.environment());
      s3.createBucket(r -> r.bucket("pictures"));
      TopicConfiguration rule =
          TopicConfiguration.builder()
              .topicArn("arn:aws:sns:us-east-1:000000000000:up/pictures")
              .events(Event.S3_OBJECT_CREATED)
              .build();
      s3.putBucketNotificationConfiguration(
          r -> r.bucket("pictures").notificationConfiguration(c -> c.topicConfigurations(rule)));
      s3.putObject(r -> r.bucket("pictures").key("cat.jpg"), RequestBody.fromString("cat"));
      String heard =
          shell.run("mosquitto_sub $M -V 5 -i w -c -x 60 -q 1 -t up/# -C 2 -W 30").output();
      assertThat(heard.lines().toList().get(0)).contains("\"s3:TestEvent\"");
      assertThat(heard.lines().toList().get(1))
          .contains("\"eventName\":\"ObjectCreated:Put\"")
          .contains("\"key\":\"cat.jpg\"");
    }
  }

  @Test
  void npmsClientSpeaksBothVersionsOverTcpAndWebSockets() throws Exception {
    Tools.needNode();
    try (BevyProcess bevy = BevyProcess.start(folder.resolve("home"), "--mqtt-port", "0")) {
      Shell shell = new Shell(Tools.JAVASCRIPT, bevy.environment());
      String tcp = "mqtt://127.0.0.1:" + port(bevy);
      String web = "ws://" + bevy.endpoint().getAuthority() + "/mqtt";
      assertThat(shell.run("node mqtt.mjs " + tcp + " 4").requireSuccess()).endsWith("ok\n");
      assertThat(shell.run("node mqtt.mjs " + web + " 5").requireSuccess()).endsWith("ok\n");
    }
  }
}
