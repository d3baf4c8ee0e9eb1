package cloud.bevy.doors.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.doors.opensearch.OpenSearchServer.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What is asked of the whole, operation by operation: each test begins with the name of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClusterOperationsTest {
  private OpenSearchServer server;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    server = new OpenSearchServer(folder);
  }

  @AfterAll
  void close() {
    server.close();
  }

  private void load(String index) throws IOException {
    server.ask("PUT", "/" + index + "/_doc/1", "{'a': 1}");
  }

  @Test
  void clusterHealthIsGreenWhereAllCanBeSearched() throws IOException {
    load("healthy");
    Said said = server.ask("GET", "/_cluster/health/healthy?wait_for_status=green");
    assertThat(said.at("status")).isEqualTo("green");
    assertThat(said.at("timed_out")).isEqualTo(false);
    assertThat(said.at("active_shards")).isEqualTo(1L);
    assertThat(said.at("initializing_shards")).isEqualTo(0L);
  }

  @Test
  void clusterHealthIsYellowWhereAnIndexIsStillBeingMade() throws IOException {
    load("unmade");
    assertThat(server.ask("GET", "/_cluster/health/unmade").at("status")).isEqualTo("yellow");
    assertThat(server.ask("GET", "/_cluster/health/unmade").at("initializing_shards"))
        .isEqualTo(1L);
  }

  @Test
  void clusterGetSettingsHasNone() throws IOException {
    assertThat(server.ask("GET", "/_cluster/settings").tree())
        .isEqualTo(Map.of("persistent", Map.of(), "transient", Map.of()));
  }

  @Test
  void clusterPutSettingsRefusesAll() throws IOException {
    assertThat(server.ask("PUT", "/_cluster/settings", "{'persistent': {'a': 1}}").at("error.type"))
        .isEqualTo("illegal_argument_exception");
  }

  @Test
  void clusterStatsCountDocuments() throws IOException {
    load("sizes");
    Said said = server.ask("GET", "/_cluster/stats");
    assertThat((Long) said.at("indices.docs.count")).isPositive();
    assertThat(said.at("nodes.count.total")).isEqualTo(1L);
  }

  @Test
  void nodesInfoIsThisMachine() throws IOException {
    Said said = server.ask("GET", "/_nodes");
    assertThat(said.at("_nodes.total")).isEqualTo(1L);
    assertThat(said.at("nodes.bevy.name")).isEqualTo("bevy");
  }

  @Test
  void clusterStateShowsTheIndexesAndTheNode() throws IOException {
    load("stated");
    Said said = server.ask("GET", "/_cluster/state/metadata,nodes/stated");
    assertThat(said.at("metadata.indices.stated.state")).isEqualTo("open");
    assertThat(said.at("nodes.bevy.name")).isEqualTo("bevy");
    assertThat(said.at("master_node")).isNull();
    assertThat(server.ask("GET", "/_cluster/state").at("master_node")).isEqualTo("bevy");
    assertThat(server.ask("GET", "/_cluster/state/nonsense").status()).isEqualTo(400);
  }

  @Test
  void tasksListHasNone() throws IOException {
    assertThat(server.ask("GET", "/_tasks").tree()).isEqualTo(Map.of("nodes", Map.of()));
  }

  @Test
  void catShardsHasOneForEachIndex() throws IOException {
    load("sharded");
    assertThat(server.ask("GET", "/_cat/shards/sharded?h=index,prirep,docs").text())
        .isEqualTo("sharded p 1\n");
  }

  @Test
  void catIndicesAreSortedAsAsked() throws IOException {
    load("sorteda");
    load("sortedb");
    assertThat(server.ask("GET", "/_cat/indices/sorted*?h=index&s=docs.count,index:desc").text())
        .isEqualTo("sortedb\nsorteda\n");
    assertThat(server.ask("GET", "/_cat/indices/sorted*?s=nonsense").at("error.type"))
        .isEqualTo("unsupported_operation_exception");
  }

  @Test
  void catIndicesHasARowForEach() throws IOException {
    load("listed");
    assertThat(server.ask("GET", "/_cat/indices/listed?h=index,docs.count").text())
        .isEqualTo("listed 1\n");
    assertThat(server.ask("GET", "/_cat/indices/listed?v&h=index").text())
        .isEqualTo("index\nlisted\n");
    assertThat(server.ask("GET", "/_cat/indices/listed?format=json").text())
        .contains("\"index\":\"listed\"");
  }

  @Test
  void catCountCountsDocuments() throws IOException {
    load("counted");
    assertThat(server.ask("GET", "/_cat/count/counted?h=count").text()).isEqualTo("1\n");
  }

  @Test
  void catHealthIsThatOfTheCluster() throws IOException {
    assertThat(server.ask("GET", "/_cat/health?h=node.total").text()).isEqualTo("1\n");
  }

  @Test
  void catAliasesHasARowForEachIndex() throws IOException {
    load("aliased");
    server.ask("PUT", "/aliased/_alias/other");
    assertThat(server.ask("GET", "/_cat/aliases/oth*?h=alias,index").text())
        .isEqualTo("other aliased\n");
  }

  @Test
  void catTemplatesHasARowForEach() throws IOException {
    server.ask("PUT", "/_index_template/rows", "{'index_patterns': ['r-*']}");
    assertThat(server.ask("GET", "/_cat/templates/rows").text()).startsWith("rows [r-*] 0 ");
  }

  @Test
  void catNodesIsThisMachine() throws IOException {
    assertThat(server.ask("GET", "/_cat/nodes?h=name").text()).isEqualTo("bevy\n");
  }
}
