package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.HttpLimits;
import cloud.bevy.foundation.http.HttpServer;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketAlarms;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// A cloud in a temporary folder behind an S3 door on loopback, for the tests of one class.
final class S3TestServer implements BeforeAllCallback, AfterAllCallback {
  private final World world = RealWorld.create((level, sentence) -> System.err.println(sentence));
  private final TestFunctions functions = new TestFunctions();
  private final AtomicInteger names = new AtomicInteger();
  private @Nullable Path folder;
  private @Nullable Clouds clouds;
  private @Nullable HttpServer server;
  private @Nullable AccessKey key;
  private @Nullable S3Client client;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    start();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    stop();
  }

  /// Starts a server on a fresh folder.
  void start() throws IOException {
    folder = Files.createTempDirectory("bevy-s3");
    clouds = Clouds.open(world, folder, CloudLimits.defaults());
    clouds.create("home");
    try (Lease lease = clouds.open("home").orElseThrow()) {
      key = lease.cloud().createAccessKey("test");
    }
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        HttpServer.start(
            world,
            HttpLimits.DEFAULT,
            loopback,
            new S3Door(
                world, clouds, "home", new S3Door.Listeners(functions, OperationCount.NONE)));
    clouds.wakeFor(new BucketAlarms(functions));
    client = clientOf(key.id(), key.secret());
  }

  /// Stops it and deletes its folder.
  void stop() throws IOException {
    client.close();
    server.close();
    clouds.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(S3TestServer::delete);
    }
  }

  World world() {
    return world;
  }

  Clouds clouds() {
    return clouds;
  }

  /// What can be told of events.
  TestFunctions functions() {
    return functions;
  }

  AccessKey key() {
    return key;
  }

  InetSocketAddress address() {
    return server.address();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.address().getPort());
  }

  /// A client with the cloud's access key.
  S3Client client() {
    return client;
  }

  /// A client with another key.
  S3Client clientOf(String id, String secret) {
    return S3Client.builder()
        .endpointOverride(endpoint())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(credentials(id, secret))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  S3Presigner presigner() {
    return S3Presigner.builder()
        .endpointOverride(endpoint())
        .region(Region.US_EAST_1)
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .credentialsProvider(credentials(key.id(), key.secret()))
        .build();
  }

  /// A new bucket of its own.
  String bucket() {
    String name = "bucket-" + names.incrementAndGet();
    client().createBucket(request -> request.bucket(name));
    return name;
  }

  /// A new bucket whose access lists are of no effect and that cannot be opened to everybody.
  String closedBucket() {
    String name = bucket();
    OwnershipControlsRule enforced =
        OwnershipControlsRule.builder()
            .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
            .build();
    client()
        .putBucketOwnershipControls(r -> r.bucket(name).ownershipControls(c -> c.rules(enforced)));
    client()
        .putPublicAccessBlock(r ->
            r.bucket(name)
                .publicAccessBlockConfiguration(block ->
                    block
                        .blockPublicAcls(true)
                        .ignorePublicAcls(true)
                        .blockPublicPolicy(true)
                        .restrictPublicBuckets(true)));
    return name;
  }

  /// Limits how many bytes a bucket may hold.
  void limit(String bucket, long bytes) {
    try (Lease lease = clouds.open("home").orElseThrow()) {
      Bucket found = Buckets.in(lease.cloud()).find(new BucketName(bucket)).orElseThrow();
      if (!found.setQuota(OptionalLong.of(bytes))) {
        throw new IllegalStateException("bucket " + bucket + " is gone");
      }
    }
  }

  /// A client of a user of the cloud.
  S3Client clientOf(String user) {
    return clientOf(new AccessKeyLimits(user, false, List.of()));
  }

  /// A client with a new key.
  S3Client clientOf(AccessKeyLimits limits) {
    try (Lease lease = clouds.open("home").orElseThrow()) {
      AccessKey made = lease.cloud().createAccessKey("test", limits);
      return clientOf(made.id(), made.secret());
    }
  }

  /// What S3 calls a user of the cloud; the cloud itself where the name is empty.
  Account account(String user) {
    try (Lease lease = clouds.open("home").orElseThrow()) {
      return lease.cloud().account(user);
    }
  }

  /// A client that does not sign.
  S3Client anonymous() {
    return S3Client.builder()
        .endpointOverride(endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private static StaticCredentialsProvider credentials(String id, String secret) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
