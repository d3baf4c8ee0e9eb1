package cloud.bevy.testing.ordeal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/// A `bevy up` in a process of its own, on a state folder of its own and a free port.
final class BevyProcess implements AutoCloseable {
  static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("bevy.root")));

  /// The region that `bevy env` names.
  static final Region REGION = Region.US_EAST_1;

  private static final Duration START_DEADLINE = Duration.ofSeconds(60);

  /// How a shell says that a process has ended upon SIGTERM.
  private static final int TERMINATED = 128 + 15;

  private static final long STEP_MILLIS = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path home;
  private final URI endpoint;
  private final Duration startUp;

  private BevyProcess(Process process, Path home, URI endpoint, Duration startUp) {
    this.process = process;
    this.home = home;
    this.endpoint = endpoint;
    this.startUp = startUp;
  }

  /// Starts it and waits until it says where it is.
  ///
  /// @param options what else follows `bevy up`
  static BevyProcess start(Path home, String... options) throws IOException, InterruptedException {
    Path out = Files.createTempFile("bevy-up", ".json");
    long begun = System.nanoTime();
    List<String> command = new ArrayList<>();
    command.addAll(List.of(ROOT.resolve("bevy").toString(), "up", "--json", "--port", "0"));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(ROOT.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log(home).toFile()));
    builder.environment().put("BEVY_HOME", home.toString());
    Process process = builder.start();
    try {
      URI endpoint = awaitEndpoint(process, out, home);
      Duration startUp = Duration.ofNanos(System.nanoTime() - begun);
      return new BevyProcess(process, home, endpoint, startUp);
    } catch (AssertionError failure) {
      process.destroyForcibly();
      throw failure;
    } finally {
      Files.deleteIfExists(out);
    }
  }

  private static URI awaitEndpoint(Process process, Path out, Path home)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < START_DEADLINE.toNanos()) {
      String said = Files.readString(out);
      if (said.endsWith("}\n")) {
        return URI.create(JSON.readTree(said).get("endpoint").asText());
      }
      if (process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("bevy up ended: " + Files.readString(log(home)));
      }
    }
    throw new AssertionError("bevy up did not answer: " + Files.readString(log(home)));
  }

  private static Path log(Path home) {
    return Path.of(home + ".log");
  }

  URI endpoint() {
    return endpoint;
  }

  /// How long it took from the command to the answer.
  Duration startUp() {
    return startUp;
  }

  long pid() {
    return process.pid();
  }

  /// Whether the process is still there.
  boolean alive() {
    return process.isAlive();
  }

  /// The environment that `bevy env` prints.
  Map<String, String> environment() throws IOException, InterruptedException {
    String printed = bevy("env --json").requireSuccess();
    Map<String, String> environment = new HashMap<>();
    JsonNode fields = JSON.readTree(printed);
    fields
        .properties()
        .forEach(field -> environment.put(field.getKey(), field.getValue().asText()));
    return environment;
  }

  /// Runs a bevy command on this state folder.
  Shell.Outcome bevy(String arguments) throws IOException, InterruptedException {
    Map<String, String> environment = Map.of("BEVY_HOME", home.toString());
    return new Shell(ROOT, environment).run("./bevy " + arguments);
  }

  /// The Java SDK's client for S3, with its own defaults.
  S3Client s3(Map<String, String> environment) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(REGION)
        .forcePathStyle(true)
        .credentialsProvider(credentials(environment))
        .httpClient(http())
        .build();
  }

  /// The Java SDK's client for DynamoDB, with its own defaults.
  DynamoDbClient dynamo(Map<String, String> environment) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(REGION)
        .credentialsProvider(credentials(environment))
        .httpClient(http())
        .build();
  }

  /// What the control API of the node of a state folder asks for.
  static String token(Path home) throws IOException {
    return JSON.readTree(Files.readString(home.resolve("node.json"))).get("token").asText();
  }

  /// Pulls the plug: `kill -9`.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Asks it to end, as a service manager does, and waits until it has.
  void stop() throws InterruptedException {
    process.destroy();
    int code = process.waitFor();
    if (code != TERMINATED) {
      throw new AssertionError("bevy ended with " + code);
    }
  }

  @Override
  public void close() {
    kill();
  }

  /// The access key of an environment.
  static StaticCredentialsProvider credentials(Map<String, String> environment) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(
            environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY")));
  }

  private static SdkHttpClient http() {
    return UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(30)).build();
  }
}
