package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.HttpLimits;
import cloud.bevy.foundation.http.HttpServer;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.SearchLimits;
import cloud.bevy.services.tables.Tables;
import cloud.bevy.services.tables.TransferAlarms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// The DynamoDB door on a loopback port, with one cloud in a folder: what the tests talk to.
final class DynamoServer implements AutoCloseable {
  /// So small that a few items are several files of an export.
  static final int FILE_BYTES = 2_000;

  private final Clouds clouds;
  private final HttpServer server;
  private final AccessKey key;

  private DynamoServer(World world, Path folder) throws IOException {
    clouds = Clouds.open(world, folder, CloudLimits.defaults());
    TransferAlarms transfers = new TransferAlarms(new TableCarrier(FILE_BYTES));
    clouds.wakeFor((cloud, alarm, stopping) ->
        TransferAlarms.asked(alarm)
            ? transfers.ring(cloud, alarm, stopping)
            : Tables.of(cloud).ring(alarm, stopping));
    clouds.create("test");
    try (Lease lease = clouds.open("test").orElseThrow()) {
      key = lease.cloud().createAccessKey("test");
    }
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        HttpServer.start(
            world,
            HttpLimits.DEFAULT,
            address,
            new DynamoDoor(
                world,
                clouds,
                new Indexes(world, folder.resolve("search"), SearchLimits.defaults())));
  }

  static DynamoServer start(Path folder) throws IOException {
    return new DynamoServer(RealWorld.create(System.err), folder);
  }

  AccessKey key() {
    return key;
  }

  InetSocketAddress address() {
    return server.address();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.address().getPort());
  }

  DynamoDbClient client() {
    return clientOf(key);
  }

  /// A client with a new key.
  DynamoDbClient clientOf(AccessKeyLimits limits) {
    try (Lease lease = clouds.open("test").orElseThrow()) {
      return clientOf(lease.cloud().createAccessKey("test", limits));
    }
  }

  /// A client of the tables' streams.
  DynamoDbStreamsClient streams() {
    return DynamoDbStreamsClient.builder()
        .endpointOverride(uri())
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(credentials(key))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  /// Does something with the cloud's buckets.
  <T> T buckets(Function<Buckets, T> use) {
    try (Lease lease = clouds.open("test").orElseThrow()) {
      return use.apply(Buckets.in(lease.cloud()));
    }
  }

  private static StaticCredentialsProvider credentials(AccessKey key) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret()));
  }

  private DynamoDbClient clientOf(AccessKey key) {
    return DynamoDbClient.builder()
        .endpointOverride(uri())
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(credentials(key))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  @Override
  public void close() {
    server.close();
    clouds.close();
  }
}
