package cloud.bevy.doors.opensearch;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.ClientRequest;
import cloud.bevy.foundation.http.ClientResponse;
import cloud.bevy.foundation.http.Headers;
import cloud.bevy.foundation.http.HttpClient;
import cloud.bevy.foundation.http.HttpLimits;
import cloud.bevy.foundation.http.HttpServer;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.JsonTree;
import cloud.bevy.services.search.SearchLimits;
import cloud.bevy.services.tables.Tables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The door on a loopback port, with one cloud in a folder, and a client of it.
final class OpenSearchServer implements AutoCloseable {
  private static final World WORLD = RealWorld.create(System.err);
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Clouds clouds;
  private final HttpServer server;
  private final Lease lease;
  private final HttpClient client = HttpClient.open(WORLD);
  private final AccessKey key;
  private final Indexes indexes;

  OpenSearchServer(Path folder) throws IOException {
    clouds = Clouds.open(WORLD, folder.resolve("clouds"), CloudLimits.defaults());
    clouds.wakeFor((cloud, alarm, stopping) -> Tables.of(cloud).ring(alarm, stopping));
    clouds.create("test");
    lease = clouds.open("test").orElseThrow();
    key = lease.cloud().createAccessKey("test");
    indexes = new Indexes(WORLD, folder.resolve("search"), SearchLimits.defaults());
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        HttpServer.start(
            WORLD, HttpLimits.DEFAULT, address, new OpenSearchDoor(WORLD, clouds, indexes));
  }

  /// What was answered.
  record Said(int status, String text) {
    Map<String, @Nullable Object> tree() {
      return JsonTree.object(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A part of the answer, by a path with points; null where there is none.
    @Nullable Object at(String path) {
      Object at = tree();
      for (String part : path.split("\\.", -1)) {
        at =
            switch (at) {
              case Map<?, ?> map -> map.get(part);
              case List<?> list -> list.get(Integer.parseInt(part));
              case null, default -> null;
            };
      }
      return at;
    }

    /// The ids of the hits, in order.
    List<String> ids() {
      return at("hits.hits") instanceof List<?> hits
          ? hits.stream().map(hit -> String.valueOf(((Map<?, ?>) hit).get("_id"))).toList()
          : List.of();
    }
  }

  Tables tables() {
    return Tables.of(lease.cloud());
  }

  Indexes indexes() {
    return indexes;
  }

  Cloud cloud() {
    return lease.cloud();
  }

  AccessKey key() {
    return key;
  }

  AccessKey key(AccessKeyLimits limits) {
    return lease.cloud().createAccessKey("test", limits);
  }

  static String basic(String id, String secret) {
    byte[] both = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  /// A request of the cloud's owner; in a body, `'` stands for quotes.
  Said ask(String method, String path, String body) throws IOException {
    return send(request(method, path, body));
  }

  Said ask(String method, String path) throws IOException {
    return ask(method, path, "");
  }

  ClientRequest request(String method, String path, String body) {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return request(method, path, bytes, basic(key.id(), key.secret()));
  }

  static ClientRequest request(String method, String path, byte[] body, String authorization) {
    Headers headers = new Headers().add("Content-Type", "application/json");
    if (!authorization.isEmpty()) {
      headers.add("Authorization", authorization);
    }
    ClientRequest.Body sent = new ClientRequest.Body.Bytes(body);
    return new ClientRequest(method, path, headers, sent);
  }

  Said send(ClientRequest request) throws IOException {
    try (ClientResponse answer = client.send(server.address(), request, DEADLINE)) {
      String text = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
      return new Said(answer.status(), text);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
    lease.close();
    clouds.close();
  }
}
