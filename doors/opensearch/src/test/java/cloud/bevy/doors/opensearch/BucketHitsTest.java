package cloud.bevy.doors.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.Content;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.Setting;
import cloud.bevy.services.buckets.WriteCondition;
import cloud.bevy.services.search.BucketDefinition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bucket that has an index is searched as an index is, by who can get all of it.
final class BucketHitsTest {
  private static final String QUERY = "{'query':{'match':{'text':'beer'}}}";

  private final OpenSearchServer server;

  BucketHitsTest(@TempDir Path folder) throws IOException {
    server = new OpenSearchServer(folder);
    bucket("docs", "");
  }

  private Bucket bucket(String name, String owner) throws IOException {
    Buckets buckets = Buckets.in(server.cloud());
    buckets.create(new BucketName(name), "", owner);
    Bucket bucket = buckets.find(new BucketName(name)).orElseThrow();
    for (String key : List.of("a/one.txt", "b/two.txt")) {
      byte[] bytes = ("cold beer of " + key).getBytes(StandardCharsets.UTF_8);
      bucket.put(
          new ObjectKey(key),
          ObjectAttributes.NONE,
          Content.of(new ByteArrayInputStream(bytes), bytes.length),
          WriteCondition.always());
    }
    server.indexes().of(server.cloud()).buckets().define(bucket, BucketDefinition.ALL);
    return bucket;
  }

  @AfterEach
  void close() {
    server.close();
  }

  private int status(AccessKeyLimits limits, String method, String path) throws IOException {
    AccessKey key = server.key(limits);
    byte[] body = method.equals("GET") ? new byte[0] : "{}".getBytes(StandardCharsets.UTF_8);
    return server
        .send(
            OpenSearchServer.request(
                method, path, body, OpenSearchServer.basic(key.id(), key.secret())))
        .status();
  }

  @Test
  void aBucketIsSearchedAndCounted() throws IOException {
    OpenSearchServer.Said said = server.ask("POST", "/docs/_search", QUERY);
    assertThat(said.status()).isEqualTo(200);
    assertThat(said.ids()).containsExactlyInAnyOrder("a/one.txt", "b/two.txt");
    assertThat(said.at("hits.hits.0._index")).isEqualTo("docs");
    assertThat(said.at("hits.hits.0._source.size")).isEqualTo(22L);
    assertThat(said.at("hits.hits.0._source.text")).isNull();
    assertThat(server.ask("GET", "/docs/_count?q=beer").at("count")).isEqualTo(2L);
    OpenSearchServer.Said several =
        server.ask("POST", "/_msearch", "{'index':'docs'}\n" + QUERY + "\n");
    assertThat(several.at("responses.0.hits.total.value")).isEqualTo(2L);
  }

  @Test
  void aBucketCannotBeWrittenToHereAndSaysSo() throws IOException {
    for (String request :
        List.of(
            "PUT /docs/_doc/1",
            "POST /docs/_doc",
            "PUT /docs",
            "DELETE /docs",
            "PUT /docs/_mapping",
            "POST /docs/_update/1",
            "POST /docs/_delete_by_query",
            "GET /docs/_doc/1")) {
      String[] words = request.split(" ", 2);
      String body =
          words[1].contains("_update")
              ? "{'doc':{'a':1}}"
              : words[1].contains("_delete_by") ? "{'query':{'match_all':{}}}" : "{}";
      OpenSearchServer.Said said = server.ask(words[0], words[1], body);
      assertThat(said.text()).as(request).contains("is a bucket", "through S3");
      assertThat(said.status()).as(request).isEqualTo(403);
    }
    OpenSearchServer.Said bulk =
        server.ask("POST", "/docs/_bulk", "{'index':{'_id':'1'}}\n{'a':1}\n");
    assertThat(bulk.text()).contains("is a bucket");
    assertThat(server.ask("POST", "/docs/_search", QUERY).ids()).hasSize(2);
  }

  @Test
  void aTableOfTheNameComesFirst() throws IOException {
    bucket("notes", "");
    server
        .indexes()
        .of(server.cloud())
        .buckets()
        .define(Buckets.in(server.cloud()).find(new BucketName("notes")).orElseThrow(), null);
    assertThat(server.ask("PUT", "/notes/_doc/1", "{'text':'beer'}").status()).isEqualTo(201);
    server
        .indexes()
        .of(server.cloud())
        .buckets()
        .define(
            Buckets.in(server.cloud()).find(new BucketName("notes")).orElseThrow(),
            BucketDefinition.ALL);
    assertThat(server.ask("POST", "/notes/_search", QUERY).ids()).containsExactly("1");
  }

  @Test
  void aKeyForSomePrefixesOrOfAUserFindsNothing() throws IOException {
    assertThat(status(AccessKeyLimits.NONE, "POST", "/docs/_search")).isEqualTo(200);
    assertThat(status(new AccessKeyLimits("", true, List.of()), "POST", "/docs/_search"))
        .isEqualTo(200);
    assertThat(status(new AccessKeyLimits("", true, List.of()), "PUT", "/docs/_doc/1"))
        .isEqualTo(403);
    for (AccessKeyLimits limits :
        List.of(
            new AccessKeyLimits("", false, List.of("docs/a/")),
            new AccessKeyLimits("", true, List.of("docs")),
            new AccessKeyLimits("eve", false, List.of()))) {
      for (String path : List.of("/docs/_search", "/docs/_count", "/_msearch")) {
        assertThat(status(limits, "POST", path)).as(limits + path).isEqualTo(403);
      }
    }
  }

  @Test
  void aBucketOfAUserAndOneWhosePolicyForbidsSomethingAreNotSearched() throws IOException {
    bucket("hers", "eve");
    assertThat(server.ask("POST", "/hers/_search", QUERY).status()).isEqualTo(403);
    Bucket docs = Buckets.in(server.cloud()).find(new BucketName("docs")).orElseThrow();
    String statement =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"%s\",\"Principal\":\"*\","
            + "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::docs/a/*\"}]}";
    docs.settings().put(Setting.POLICY, statement.formatted("Allow"));
    assertThat(server.ask("POST", "/docs/_search", QUERY).status()).isEqualTo(200);
    docs.settings().put(Setting.POLICY, statement.formatted("Deny"));
    OpenSearchServer.Said said = server.ask("POST", "/docs/_search", QUERY);
    assertThat(said.status()).isEqualTo(403);
    assertThat(said.text()).contains("security_exception").doesNotContain("one.txt");
    assertThat(server.ask("POST", "/_msearch", "{'index':'docs'}\n" + QUERY + "\n").text())
        .contains("security_exception")
        .doesNotContain("one.txt");
  }
}
