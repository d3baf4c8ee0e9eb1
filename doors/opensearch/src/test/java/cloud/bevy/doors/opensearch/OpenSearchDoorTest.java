package cloud.bevy.doors.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.doors.opensearch.OpenSearchServer.Said;
import cloud.bevy.foundation.http.ClientRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may ask, and how what cannot be asked is refused.
final class OpenSearchDoorTest {
  @TempDir private Path folder;
  private OpenSearchServer server;

  @BeforeEach
  void open() throws IOException {
    server = new OpenSearchServer(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Said as(String id, String secret, String method, String path) throws IOException {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    String authorization = OpenSearchServer.basic(id, secret);
    return server.send(OpenSearchServer.request(method, path, body, authorization));
  }

  @Test
  void clientsFindAnOpenSearchThatTheyKnow() throws IOException {
    for (String path : List.of("/", "/_opensearch", "/_opensearch/")) {
      Said said = server.ask("GET", path);
      assertThat(said.at("version.distribution")).isEqualTo("opensearch");
      assertThat((String) said.at("version.number")).startsWith("2.");
    }
    assertThat(server.ask("HEAD", "/").status()).isEqualTo(200);
    assertThat(server.ask("GET", "/_cluster/health").at("status")).isEqualTo("green");
  }

  @Test
  void whoeverIsNotKnownIsToldSo() throws IOException {
    byte[] none = new byte[0];
    for (Said said :
        List.of(
            server.send(OpenSearchServer.request("GET", "/books/_search", none, "")),
            server.send(OpenSearchServer.request("GET", "/", none, "Basic ???")),
            server.send(OpenSearchServer.request("GET", "/", none, "Bearer x")),
            as(server.key().id(), "wrong", "GET", "/"),
            as("AKIANOBODY", server.key().secret(), "GET", "/"))) {
      assertThat(said.status()).isEqualTo(401);
      assertThat(said.at("status")).isEqualTo(401L);
      assertThat(said.at("error.type")).isEqualTo("security_exception");
      assertThat(said.at("error.root_cause.0.type")).isEqualTo("security_exception");
    }
  }

  @Test
  void aKeyThatOnlyReadsCannotWrite() throws IOException {
    server.ask("PUT", "/books/_doc/1", "{'a': 1}");
    AccessKey reader = server.key(new AccessKeyLimits("", true, List.of()));
    assertThat(as(reader.id(), reader.secret(), "POST", "/books/_search").status()).isEqualTo(200);
    for (String request :
        List.of(
            "PUT /books/_doc/2",
            "POST /books/_doc",
            "POST /books/_bulk",
            "POST /_bulk",
            "POST /books/_update/1",
            "POST /books/_delete_by_query",
            "POST /books/_update_by_query",
            "POST /_reindex",
            "POST /_aliases",
            "PUT /books/_alias/other",
            "DELETE /books/_alias/other",
            "PUT /_index_template/x",
            "DELETE /_index_template/x",
            "PUT /_cluster/settings",
            "PUT /books/_settings",
            "PUT /books/_create/2",
            "PUT /books/_mapping",
            "PUT /others",
            "DELETE /books/_doc/1",
            "DELETE /books")) {
      String[] words = request.split(" ", -1);
      Said said = as(reader.id(), reader.secret(), words[0], words[1]);
      assertThat(said.status()).as(request).isEqualTo(403);
      assertThat(said.at("error.type")).isEqualTo("security_exception");
    }
    AccessKey user = server.key(new AccessKeyLimits("ann", false, List.of()));
    assertThat(as(user.id(), user.secret(), "GET", "/books/_search").status()).isEqualTo(403);
    assertThat(server.ask("GET", "/books/_count").at("count")).isEqualTo(1L);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /none/_search, 404, index_not_found_exception",
    "GET, /none/_doc/1, 404, index_not_found_exception",
    "PUT, /Caps, 400, invalid_index_name_exception",
    "PUT, /ab, 400, invalid_index_name_exception",
    "DELETE, /bo*, 400, illegal_argument_exception",
    "DELETE, /_all, 400, illegal_argument_exception",
    "GET, /books/_search?size=10001, 400, illegal_argument_exception",
    "GET, /books/_search?size=x, 400, illegal_argument_exception",
    "GET, /books/_search?scroll=1, 400, illegal_argument_exception",
    "GET, /_search/scroll?scroll_id=x, 404, search_context_missing_exception",
    "GET, /books/_search?sort=nothing, 400, query_shard_exception",
    "GET, /books/_search?q=%GG, 400, illegal_argument_exception",
    "PUT, /books/_doc/1?refresh=maybe, 400, illegal_argument_exception",
    "PUT, /books/_doc/1?version=3, 400, illegal_argument_exception",
  })
  void whatCannotBeIsRefusedInOpenSearchsWords(String method, String path, int status, String type)
      throws IOException {
    server.ask("PUT", "/books");
    Said said = server.ask(method, path, "{}");
    assertThat(said.status()).as(said.text()).isEqualTo(status);
    assertThat(said.at("error.type")).isEqualTo(type);
    assertThat(said.at("status")).isEqualTo((long) status);
  }

  @Test
  void onlyTheNamedPartsOfAnAnswerAreSent() throws IOException {
    server.ask("PUT", "/books/_doc/1?refresh=true", "{'a': 1, 'b': 2}");
    Said said = server.ask("GET", "/books/_search?filter_path=hits.hits._source.a,-**._id");
    assertThat(said.text()).isEqualTo("{\"hits\":{\"hits\":[{\"_source\":{\"a\":1}}]}}");
    assertThat(server.ask("GET", "/none/_search?filter_path=hits").at("status")).isEqualTo(404L);
  }

  @Test
  void wrongMethodsAndPathsAreNamed() throws IOException {
    Said method = server.ask("DELETE", "/_bulk");
    assertThat(method.status()).isEqualTo(405);
    assertThat((String) method.at("error")).contains("allowed: [POST, PUT]");
    Said path = server.ask("GET", "/books/_frob");
    assertThat(path.status()).isEqualTo(400);
    assertThat((String) path.at("error")).startsWith("no handler found for uri [/books/_frob]");
  }

  @Test
  void bodiesThatAreTooLargeTooDeepOrNoJsonAreRefused() throws IOException {
    server.ask("PUT", "/books");
    String large = "{'a': '" + "x".repeat(1 << 20) + "'}";
    assertThat(server.ask("PUT", "/books/_doc/1", large).status()).isEqualTo(413);
    String item = "{'a': '" + "x".repeat(500_000) + "'}";
    assertThat(server.ask("PUT", "/books/_doc/1", item).at("error.type"))
        .isEqualTo("illegal_argument_exception");
    for (String body :
        List.of(
            "[]",
            "{",
            "{'a': 1, 'a': 2}",
            "{'a': 1} x",
            "{'a': " + "[".repeat(50) + "]".repeat(50) + "}",
            "{'a': " + "9".repeat(500) + "}")) {
      Said said = server.ask("PUT", "/books/_doc/1", body);
      assertThat(said.status()).as(body).isEqualTo(400);
      assertThat(said.at("error.type")).isEqualTo("parsing_exception");
    }
    assertThat(server.ask("GET", "/books/_doc/1").status()).isEqualTo(404);
  }

  @Test
  void bodiesMayBeCompressedButNotToBombs() throws IOException {
    assertThat(compressed("{\"a\": 1}".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(201);
    assertThat(compressed(new byte[64 << 20]).status()).isEqualTo(413);
  }

  private Said compressed(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    }
    String key = OpenSearchServer.basic(server.key().id(), server.key().secret());
    ClientRequest request =
        OpenSearchServer.request("PUT", "/books/_doc/1", bytes.toByteArray(), key);
    request.headers().add("Content-Encoding", "gzip");
    return server.send(request);
  }
}
