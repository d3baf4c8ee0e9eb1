package cloud.bevy.doors.control;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.CloudFault;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.ClientRequest;
import cloud.bevy.foundation.http.ClientResponse;
import cloud.bevy.foundation.http.HttpClient;
import cloud.bevy.foundation.http.HttpLimits;
import cloud.bevy.foundation.http.HttpServer;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.Content;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectDeletion;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.WriteCondition;
import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.KeyType;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.Tables;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlDoorTest {
  private static final World WORLD = RealWorld.create((level, sentence) -> {});
  private static final String TOKEN = "the-token";
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  private final AtomicBoolean stopping = new AtomicBoolean();
  private final HttpClient client = HttpClient.open(WORLD);
  private Clouds clouds;
  private HttpServer server;

  private record Said(int status, Map<String, Object> fields) {}

  @BeforeEach
  void open() throws IOException {
    clouds = Clouds.open(WORLD, folder, CloudLimits.defaults());
    clouds.create("default");
    clouds.wakeFor((cloud, alarm, stopping) -> Tables.of(cloud).ring(alarm, stopping));
    ControlDoor door =
        new ControlDoor(
            WORLD.log(),
            TOKEN,
            List.of(
                new ShowCredentials(clouds),
                new CreateKey(clouds),
                new ListKeys(clouds),
                new DeleteKey(clouds),
                new ListClouds(clouds),
                new CreateCloud(clouds),
                new ListContents(clouds),
                new ShowUsage(clouds),
                new SetQuota(clouds),
                new ShareBucket(clouds),
                new ShowHistory(clouds),
                new RestoreBucket(clouds),
                new KeepHistory(clouds),
                new ShareTable(clouds),
                new ShowTable(clouds),
                new ShowTableHistory(clouds),
                new RestoreTable(clouds),
                new VerifyBucket(clouds),
                new VerifyTable(clouds),
                new StopNode(() -> stopping.set(true)),
                new ShowStatus(ControlDoorTest::fail)));
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = HttpServer.start(WORLD, HttpLimits.DEFAULT, address, door);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    clouds.close();
  }

  @Test
  void whoDoesNotKnowTheTokenIsRefused() throws IOException {
    for (String shown : List.of("", "Bearer ", "Bearer wrong", TOKEN, "Basic " + TOKEN)) {
      assertThat(ask("POST", "stop", shown).status()).as(shown).isEqualTo(401);
    }
    assertThat(stopping).isFalse();
  }

  @Test
  void stoppingIsDoneOnceTheTokenIsShown() throws IOException {
    assertThat(ask("POST", "stop").status()).isEqualTo(200);
    assertThat(stopping).isTrue();
  }

  @Test
  void anUnknownOperationIsNamedInTheAnswer() throws IOException {
    Said said = ask("GET", "nonsense");
    assertThat(said.status()).isEqualTo(404);
    assertThat(said.fields().get("message").toString()).contains("nonsense");
  }

  @Test
  void aCloudKeepsTheAccessKeyItWasGiven() throws IOException {
    Said first = ask("GET", "credentials");
    assertThat(first.status()).isEqualTo(200);
    assertThat(ask("GET", "credentials?cloud=default")).isEqualTo(first);
    assertThat(clouds.openFor(first.fields().get("accessKeyId").toString())).isPresent();
  }

  @Test
  void credentialsOfACloudThatIsNotThereAreRefused() throws IOException {
    assertThat(ask("GET", "credentials?cloud=none").status()).isEqualTo(404);
  }

  @Test
  void aKeyOfAUserIsListedWithItsLimitsAndWithoutItsSecret() throws IOException {
    Said made =
        send("keys", "{\"user\":\"ann\",\"readOnly\":true,\"prefixes\":[\"photos/2024/\"]}");
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.fields().get("secretAccessKey").toString()).hasSize(40);
    assertThat(made.fields().get("canonicalUserId").toString()).matches("[0-9a-f]{64}");
    Said listed = ask("GET", "keys");
    assertThat(listed.fields().get("keys").toString())
        .contains("user=ann", "readOnly=true", "photos/2024/")
        .doesNotContain(made.fields().get("secretAccessKey").toString());
  }

  @Test
  void aKeyThatWasDeletedIsGone() throws IOException {
    String id = send("keys", "").fields().get("accessKeyId").toString();
    assertThat(clouds.openFor(id)).isPresent();
    assertThat(ask("DELETE", "keys/" + id).status()).isEqualTo(200);
    assertThat(clouds.openFor(id)).isEmpty();
    assertThat(ask("DELETE", "keys/" + id).status()).isEqualTo(404);
  }

  @Test
  void aKeyForWhatCannotBeIsRefused() throws IOException {
    for (String body :
        List.of("[]", "{", "{\"user\":\"a b\"}", "{\"prefixes\":[\"No Bucket/x\"]}")) {
      assertThat(send("keys", body).status()).as(body).isEqualTo(400);
    }
    assertThat(ask("GET", "keys").fields()).containsEntry("keys", List.of());
  }

  @Test
  void whatTheOwnerIsGivenIsNoKeyOfAUser() throws IOException {
    var _ = send("keys", "{\"label\":\"bevy env\",\"user\":\"ann\"}");
    String id = ask("GET", "credentials").fields().get("accessKeyId").toString();
    try (Lease lease = clouds.openFor(id).orElseThrow()) {
      assertThat(lease.cloud().accessKey(id).orElseThrow().limits().user()).isEmpty();
    }
  }

  @Test
  void aCloudThatWasMadeIsListed() throws IOException {
    assertThat(ask("POST", "clouds/team").status()).isEqualTo(200);
    assertThat(ask("POST", "clouds/team").status()).isEqualTo(409);
    assertThat(ask("POST", "clouds/No%20Name").status()).isEqualTo(400);
    assertThat(ask("GET", "clouds").fields().get("clouds").toString())
        .contains("name=default")
        .contains("name=team");
  }

  @Test
  void theKeyOfABucketIsThatOfItsDriveAndLetsItBeRead() throws Exception {
    put("photos");
    Said said = ask("POST", "buckets/photos/key");
    assertThat(said.status()).isEqualTo(200);
    assertThat(said.fields().get("key").toString()).matches("[a-z0-9]{52}");
    byte[] key = HexFormat.of().parseHex(said.fields().get("hex").toString());
    try (Lease lease = clouds.open("default").orElseThrow()) {
      Drive drive = bucket(lease, "photos").drive();
      assertThat(key).isEqualTo(drive.key());
      assertThat(clouds.shared(drive.content().discoveryKey())).isPresent();
    }
    assertThat(ask("POST", "buckets/none/key").status()).isEqualTo(404);
    assertThat(ask("POST", "buckets/No/key").status()).isEqualTo(404);
  }

  @Test
  void theKeyOfATableIsThatOfItsBee() throws Exception {
    try (Lease lease = clouds.open("default").orElseThrow()) {
      Table table = makeTable(lease, "notes");
      Said said = ask("POST", "tables/notes/key");
      assertThat(HexFormat.of().parseHex(said.fields().get("hex").toString()))
          .isEqualTo(table.bee().core().key());
    }
    assertThat(ask("POST", "tables/none/key").status()).isEqualTo(404);
  }

  @Test
  void aBucketAndATableThatAreSoundAreSaidToBe() throws Exception {
    put("photos");
    try (Lease lease = clouds.open("default").orElseThrow()) {
      makeTable(lease, "notes");
    }
    assertThat(ask("GET", "contents").fields())
        .containsEntry("buckets", List.of("photos"))
        .containsEntry("tables", List.of("notes"));
    Said bucket = ask("POST", "buckets/photos/verify");
    assertThat(bucket.fields()).containsEntry("sound", true);
    assertThat(bucket.fields().get("cores").toString())
        .contains("name=entries", "name=content", "length=1", "fork=0", "rootHash=");
    assertThat(ask("POST", "tables/notes/verify").fields()).containsEntry("sound", true);
    assertThat(ask("POST", "tables/none/verify").status()).isEqualTo(404);
  }

  @Test
  void aBucketOfWhoseFilesBytesAreGoneIsNotSound() throws Exception {
    put("photos");
    try (Lease lease = clouds.open("default").orElseThrow()) {
      bucket(lease, "photos").drive().content().clear(0, 1).await(Duration.ofSeconds(10));
    }
    Said said = ask("POST", "buckets/photos/verify");
    assertThat(said.fields()).containsEntry("sound", false);
    assertThat(said.fields().get("files").toString())
        .contains("not all bytes of", "cat.txt", "files=1");
  }

  @Test
  void howMuchBucketsHoldIsSaidForEachAndForAll() throws Exception {
    put("photos");
    put("texts");
    assertThat(ask("GET", "buckets/photos/usage").fields())
        .containsEntry("bucket", "photos")
        .containsEntry("objects", 1)
        .containsEntry("bytes", 3)
        .containsEntry("allBytes", 3)
        .doesNotContainKey("quota");
    Said all = ask("GET", "usage");
    assertThat(all.fields()).containsEntry("objects", 2).containsEntry("allBytes", 6);
    assertThat(all.fields().get("buckets").toString()).contains("bucket=photos", "bucket=texts");
    assertThat(ask("GET", "buckets/none/usage").status()).isEqualTo(404);
  }

  @Test
  void aQuotaIsSetShownAndTakenBack() throws Exception {
    put("photos");
    assertThat(ask("POST", "buckets/photos/quota?bytes=10").fields()).containsEntry("quota", 10);
    assertThat(ask("POST", "quota?bytes=9").fields()).isEqualTo(Map.of("quota", 9));
    assertThat(ask("GET", "buckets/photos/usage").fields()).containsEntry("quota", 10);
    assertThat(ask("GET", "usage").fields()).containsEntry("quota", 9);
    try (Lease lease = clouds.open("default").orElseThrow()) {
      assertThat(bucket(lease, "photos").quota()).hasValue(10);
      assertThat(Buckets.in(lease.cloud()).quota()).hasValue(9);
    }
    assertThat(ask("POST", "buckets/photos/quota").status()).isEqualTo(200);
    assertThat(ask("POST", "quota").status()).isEqualTo(200);
    assertThat(ask("GET", "usage").fields()).doesNotContainKey("quota");
    assertThat(ask("POST", "quota?bytes=ten").status()).isEqualTo(400);
    assertThat(ask("POST", "buckets/none/quota?bytes=1").status()).isEqualTo(404);
  }

  @Test
  void aBucketIsToldOfAndMadeWhatItWas() throws Exception {
    put("photos");
    Said history = ask("GET", "buckets/photos/history?limit=1");
    assertThat(history.fields().get("changes").toString())
        .contains("kind=put", "key=cat.txt", "size=3");
    String at = "v" + newest();
    delete("cat.txt");
    assertThat(ask("GET", "buckets/photos/history").fields().get("changes").toString())
        .contains("kind=delete");
    Said dry = ask("POST", "buckets/photos/restore?dry=true&at=" + at);
    assertThat(dry.fields()).containsEntry("restored", 1).containsEntry("bytes", 3);
    assertThat(ask("POST", "buckets/photos/restore?at=" + at).fields())
        .containsEntry("restored", 1)
        .containsEntry("lost", 0);
    assertThat(ask("POST", "buckets/photos/restore?at=" + at).fields())
        .containsEntry("restored", 0)
        .containsEntry("same", 1);
  }

  @Test
  void howLongABucketKeepsWhatItWasIsSet() throws Exception {
    put("photos");
    assertThat(ask("POST", "buckets/photos/retention").fields())
        .containsEntry("seconds", 86_400)
        .containsEntry("bytes", 256 << 20);
    assertThat(ask("POST", "buckets/photos/retention?time=30d").fields())
        .isEqualTo(Map.of("seconds", 30 * 86_400));
    String at = "v" + newest();
    assertThat(ask("POST", "buckets/photos/retention?time=none").fields())
        .containsEntry("seconds", 0);
    delete("cat.txt");
    assertThat(ask("POST", "buckets/photos/restore?at=" + at).fields())
        .containsEntry("lost", 1)
        .containsEntry("lostKeys", List.of("cat.txt"));
  }

  @Test
  void whatIsNoPointInTimeIsRefused() throws Exception {
    put("photos");
    for (String at : List.of("", "yesterday", "v99999", "2999-01-01")) {
      assertThat(ask("POST", "buckets/photos/restore?at=" + at).status()).as(at).isEqualTo(400);
    }
    assertThat(ask("POST", "buckets/photos/restore?at=2001-01-01").status()).isEqualTo(404);
    assertThat(ask("POST", "buckets/photos/restore?at=0s&to=none").status()).isEqualTo(404);
    assertThat(ask("POST", "buckets/none/restore?at=0s").status()).isEqualTo(404);
    assertThat(ask("POST", "buckets/photos/retention?time=long").status()).isEqualTo(400);
    assertThat(ask("GET", "buckets/photos/history?since=v1").status()).isEqualTo(400);
    assertThat(ask("GET", "buckets/photos/history?before=x").status()).isEqualTo(400);
    assertThat(ask("GET", "buckets/photos/history?limit=" + "9".repeat(19)).status())
        .isEqualTo(400);
  }

  @Test
  void aTableIsToldOfAndRestoredUnderAnotherName() throws Exception {
    try (Lease lease = clouds.open("default").orElseThrow()) {
      Item item = Item.of(Map.of("k", AttributeValue.text("a")));
      makeTable(lease, "notes").put(item, null);
    }
    assertThat(ask("GET", "tables/notes").fields().toString())
        .contains("keys=[{name=k, type=S}]", "items=1", "restoring=false");
    Said history = ask("GET", "tables/notes/history?since=2h");
    assertThat(history.fields().get("changes").toString()).contains("kind=put", "key={k=a}");
    Instant later = WORLD.time().now().plusSeconds(1);
    while (WORLD.time().now().isBefore(later)) {
      Thread.onSpinWait();
    }
    Said restored = ask("POST", "tables/notes/restore?at=0s&to=again");
    assertThat(restored.fields()).containsEntry("table", "again");
    Said again;
    do {
      again = ask("GET", "tables/again");
    } while (Boolean.TRUE.equals(again.fields().get("restoring")));
    assertThat(again.fields()).containsEntry("items", 1);
    assertThat(ask("POST", "tables/notes/restore?at=0s&to=again").status()).isEqualTo(409);
  }

  @Test
  void aTableIsNotRestoredToWhatItNeverWas() throws Exception {
    try (Lease lease = clouds.open("default").orElseThrow()) {
      makeTable(lease, "notes");
    }
    for (String wrong : List.of("at=x&to=new", "at=v1&to=new", "at=2999-01-01&to=new", "at=0s")) {
      assertThat(ask("POST", "tables/notes/restore?" + wrong).status()).as(wrong).isEqualTo(400);
    }
    assertThat(ask("POST", "tables/notes/restore?at=2001-01-01&to=new").status()).isEqualTo(404);
    for (String path : List.of("tables/none", "tables/none/history")) {
      assertThat(ask("GET", path).status()).as(path).isEqualTo(404);
    }
    assertThat(ask("GET", "tables/new").status()).isEqualTo(404);
  }

  private long newest() {
    try (Lease lease = clouds.open("default").orElseThrow()) {
      return bucket(lease, "photos").past().newest();
    }
  }

  private void delete(String key) {
    try (Lease lease = clouds.open("default").orElseThrow()) {
      bucket(lease, "photos").delete(List.of(ObjectDeletion.of(ObjectKey.of(key).orElseThrow())));
    }
  }

  private void put(String name) throws Exception {
    try (Lease lease = clouds.open("default").orElseThrow()) {
      var _ = Buckets.in(lease.cloud()).create(BucketName.of(name).orElseThrow(), "");
      var _ =
          bucket(lease, name)
              .put(
                  ObjectKey.of("cat.txt").orElseThrow(),
                  ObjectAttributes.plain(new TreeMap<>(), new TreeMap<>()),
                  Content.of(new ByteArrayInputStream(new byte[] {1, 2, 3}), 3),
                  WriteCondition.always());
    }
  }

  private static Bucket bucket(Lease lease, String name) {
    return Buckets.in(lease.cloud()).find(BucketName.of(name).orElseThrow()).orElseThrow();
  }

  private static Table makeTable(Lease lease, String name) {
    KeySchema keys = new KeySchema(new KeyAttribute("k", KeyType.S), null);
    var _ = Tables.of(lease.cloud()).create(TableDefinition.of(name, keys));
    return Tables.of(lease.cloud()).table(name);
  }

  @Test
  void aFaultIsSaidWithItsHint() throws IOException {
    Said said = ask("GET", "status");
    assertThat(said.status()).isEqualTo(503);
    assertThat(said.fields()).containsEntry("hint", "make room");
  }

  private static Map<String, Object> fail() {
    throw new CloudFault(CloudFault.Kind.DISK_FULL, "the disk is full", "make room");
  }

  private Said ask(String method, String target) throws IOException {
    return ask(method, target, "Bearer " + TOKEN);
  }

  private Said send(String target, String body) throws IOException {
    InputStream bytes = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    ClientRequest request =
        ClientRequest.of("POST", ControlDoor.PREFIX + target)
            .with(new ClientRequest.Body.Stream(bytes, -1));
    return ask(request, "Bearer " + TOKEN);
  }

  private Said ask(String method, String target, String authorization) throws IOException {
    return ask(ClientRequest.of(method, ControlDoor.PREFIX + target), authorization);
  }

  private Said ask(ClientRequest request, String authorization) throws IOException {
    request.headers().set("Authorization", authorization);
    try (ClientResponse response = client.send(server.address(), request, DEADLINE)) {
      return new Said(response.status(), JSON.std.mapFrom(response.body().readAllBytes()));
    }
  }
}
