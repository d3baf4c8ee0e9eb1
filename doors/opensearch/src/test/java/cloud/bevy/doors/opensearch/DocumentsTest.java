package cloud.bevy.doors.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.doors.opensearch.OpenSearchServer.Said;
import cloud.bevy.services.search.SearchDefinition;
import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Decimal;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.Key;
import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.KeyType;
import cloud.bevy.services.tables.TableDefinition;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Documents one by one and in bulk.
final class DocumentsTest {
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

  private static Key key(String id) {
    return new Key(AttributeValue.text(id), null);
  }

  @Test
  void aDocumentIsWrittenReadChangedAndDeleted() throws IOException {
    Said made = server.ask("PUT", "/books/_doc/1", "{'title': 'Moby Dick', 'year': 1851}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.at("result")).isEqualTo("created");

    Said found = server.ask("GET", "/books/_doc/1");
    assertThat(found.at("found")).isEqualTo(true);
    assertThat(found.at("_source")).isEqualTo(Map.of("title", "Moby Dick", "year", 1851L));
    assertThat(found.at("_seq_no")).isEqualTo(made.at("_seq_no"));
    assertThat(server.ask("GET", "/books/_source/1").tree())
        .isEqualTo(Map.of("title", "Moby Dick", "year", 1851L));
    assertThat(server.ask("GET", "/books/_doc/1?_source=title").at("_source"))
        .isEqualTo(Map.of("title", "Moby Dick"));

    assertThat(server.ask("PUT", "/books/_doc/1", "{'title': 'The Whale'}").at("result"))
        .isEqualTo("updated");
    Said updated = server.ask("POST", "/books/_update/1", "{'doc': {'year': 1852}}");
    assertThat(updated.at("result")).isEqualTo("updated");
    assertThat(server.ask("POST", "/books/_update/1", "{'doc': {'year': 1852}}").at("result"))
        .isEqualTo("noop");
    assertThat(server.ask("GET", "/books/_source/1").tree())
        .isEqualTo(Map.of("title", "The Whale", "year", 1852L));

    assertThat(server.ask("DELETE", "/books/_doc/1").at("result")).isEqualTo("deleted");
    Said gone = server.ask("DELETE", "/books/_doc/1");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.at("result")).isEqualTo("not_found");
    assertThat(server.ask("GET", "/books/_doc/1").status()).isEqualTo(404);
    assertThat(server.ask("HEAD", "/books/_doc/1").status()).isEqualTo(404);
    assertThat(server.ask("GET", "/books/_source/1").at("error.type"))
        .isEqualTo("resource_not_found_exception");
  }

  @Test
  void aDocumentIsAnItemOfTheTableAndItsNumbersAreExact() throws IOException {
    server.ask(
        "PUT",
        "/sums/_doc/a%20b",
        "{'n': 12345678901234567890.123456789, 'in': {'deep': [true, null]}}");
    Item item = server.tables().table("sums").get(key("a b")).orElseThrow().item();
    assertThat(item.get("n"))
        .isEqualTo(new AttributeValue.N(Decimal.parse("12345678901234567890.123456789")));
    assertThat(server.ask("GET", "/sums/_doc/a%20b").text())
        .contains("\"n\":12345678901234567890.123456789")
        .contains("\"in\":{\"deep\":[true,null]}");
  }

  @Test
  void itemsOfATableThatDynamoDbMadeAreDocumentsAndBack() throws IOException {
    KeySchema keys =
        new KeySchema(new KeyAttribute("who", KeyType.S), new KeyAttribute("at", KeyType.N));
    SearchDefinition definition =
        SearchDefinition.of(Map.of("bevy:search:text", "note")).orElseThrow();
    server.tables().create(TableDefinition.of("Notes", keys).withTags(definition.tags()));
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    attributes.put("who", AttributeValue.text("ann/b"));
    attributes.put("at", new AttributeValue.N(Decimal.of(BigDecimal.TEN)));
    attributes.put("note", AttributeValue.text("buy milk"));
    server.tables().table("Notes").put(Item.of(attributes), null);

    Said found = server.ask("GET", "/Notes/_search?q=milk");
    assertThat(found.ids()).containsExactly("ann%2Fb/10");
    String path = "/Notes/_doc/ann%252Fb%2F10";
    assertThat(server.ask("GET", path).at("_source"))
        .isEqualTo(Map.of("who", "ann/b", "at", 10L, "note", "buy milk"));
    assertThat(server.ask("POST", path.replace("_doc", "_update"), "{'doc':{'note':'tea'}}").text())
        .contains("updated");
    assertThat(server.ask("PUT", "/Notes/_doc/x%2F1", "{'who': 'y'}").at("error.type"))
        .isEqualTo("mapper_parsing_exception");
    assertThat(server.ask("PUT", "/Notes/_doc/x", "{}").at("error.type"))
        .isEqualTo("illegal_argument_exception");
    Said refused = server.ask("DELETE", "/Notes");
    assertThat(refused.at("error.type")).isEqualTo("illegal_argument_exception");
    assertThat(
            server
                .tables()
                .table("Notes")
                .get(
                    new Key(
                        AttributeValue.text("ann/b"),
                        new AttributeValue.N(Decimal.of(BigDecimal.TEN)))))
        .map(item -> item.item().get("note"))
        .contains(AttributeValue.text("tea"));
  }

  @Test
  void whoeverWritesOnAVersionThatIsNoMoreIsTold() throws IOException {
    Said first = server.ask("PUT", "/books/_doc/1", "{'a': 1}");
    String version = "?if_seq_no=" + first.at("_seq_no") + "&if_primary_term=1";
    Said second = server.ask("PUT", "/books/_doc/1" + version, "{'a': 2}");
    assertThat(second.status()).isEqualTo(200);
    assertThat((Long) Objects.requireNonNull(second.at("_seq_no")))
        .isGreaterThan((Long) first.at("_seq_no"));
    for (Said late :
        List.of(
            server.ask("PUT", "/books/_doc/1" + version, "{'a': 3}"),
            server.ask("DELETE", "/books/_doc/1" + version),
            server.ask("POST", "/books/_update/1" + version, "{'doc': {'a': 3}}"),
            server.ask("PUT", "/books/_create/1", "{'a': 3}"),
            server.ask("PUT", "/books/_doc/1?op_type=create", "{'a': 3}"))) {
      assertThat(late.status()).isEqualTo(409);
      assertThat(late.at("error.type")).isEqualTo("version_conflict_engine_exception");
    }
    assertThat(server.ask("GET", "/books/_doc/1").at("_source.a")).isEqualTo(2L);
    assertThat(server.ask("PUT", "/books/_doc/1?if_seq_no=1", "{}").status()).isEqualTo(400);
  }

  @Test
  void anUpdateMayInsertAndScriptsAreRefused() throws IOException {
    server.ask("PUT", "/books");
    assertThat(server.ask("POST", "/books/_update/1", "{'doc': {'a': 1}}").at("error.type"))
        .isEqualTo("document_missing_exception");
    assertThat(
            server
                .ask("POST", "/books/_update/1", "{'doc': {'a': 1}, 'upsert': {'b': 2}}")
                .status())
        .isEqualTo(201);
    assertThat(server.ask("GET", "/books/_source/1").text()).isEqualTo("{\"b\":2}");
    Said upserted =
        server.ask(
            "POST",
            "/books/_update/2?_source=true",
            "{'doc': {'a': {'x': 1, 'y': 2}}, 'doc_as_upsert': true}");
    assertThat(upserted.at("get._source")).isEqualTo(Map.of("a", Map.of("x", 1L, "y", 2L)));
    server.ask("POST", "/books/_update/2", "{'doc': {'a': {'y': 3}}}");
    assertThat(server.ask("GET", "/books/_source/2").tree())
        .isEqualTo(Map.of("a", Map.of("x", 1L, "y", 3L)));
    assertThat(
            server.ask("POST", "/books/_update/2", "{'script': {'source': 'x'}}").at("error.type"))
        .isEqualTo("illegal_argument_exception");
  }

  @Test
  void bulkWritesAreAnsweredOneByOne() throws IOException {
    Said said =
        server.ask(
            "POST",
            "/books/_bulk?refresh=true",
            """
            {'index': {'_id': '1'}}
            {'title': 'one'}
            {'create': {'_id': '1'}}
            {'title': 'again'}
            {'index': {}}
            {'title': 'two'}
            {'update': {'_id': '1'}}
            {'doc': {'more': true}}
            {'update': {'_id': 'none'}}
            {'doc': {'more': true}}
            {'delete': {'_id': 'none'}}
            {'index': {'_index': 'others', '_id': 'x'}}
            {'title': 'three'}
            {'delete': {'_index': 'nowhere', '_id': 'x'}}
            {'index': {'_id': 'bad'}}
            {'_id': 'inside'}
            {'index': {'_id': 'huge'}}
            {'n': 1e200}
            """);
    assertThat(said.status()).isEqualTo(200);
    assertThat(said.at("errors")).isEqualTo(true);
    assertThat(said.at("items.0.index.status")).isEqualTo(201L);
    assertThat(said.at("items.1.create.status")).isEqualTo(409L);
    assertThat(said.at("items.2.index.status")).isEqualTo(201L);
    assertThat((String) said.at("items.2.index._id")).hasSize(20);
    assertThat(said.at("items.3.update.result")).isEqualTo("updated");
    assertThat(said.at("items.4.update.error.type")).isEqualTo("document_missing_exception");
    assertThat(said.at("items.5.delete.status")).isEqualTo(404L);
    assertThat(said.at("items.6.index._index")).isEqualTo("others");
    assertThat(said.at("items.7.delete.error.type")).isEqualTo("index_not_found_exception");
    assertThat(said.at("items.8.index.error.type")).isEqualTo("mapper_parsing_exception");
    assertThat(said.at("items.9.index.error.type")).isEqualTo("mapper_parsing_exception");
    assertThat(server.ask("GET", "/books/_source/1").tree())
        .isEqualTo(Map.of("title", "one", "more", true));
    assertThat(server.ask("GET", "/books/_count").at("count")).isEqualTo(2L);
    assertThat(server.ask("GET", "/nowhere").status()).isEqualTo(404);
  }

  @Test
  void manyDocumentsAreLoadedTogetherAndSeveralRead() throws IOException {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 1200; i++) {
      body.append("{'index':{'_index':'numbers','_id':'%d'}}\n{'n':%d}\n".formatted(i, i));
    }
    assertThat(server.ask("POST", "/_bulk", body.toString()).at("errors")).isEqualTo(false);
    assertThat(server.ask("GET", "/numbers/_count").at("count")).isEqualTo(1200L);
    Said several = server.ask("POST", "/numbers/_mget", "{'ids': ['7', 'none', '1199']}");
    assertThat(several.at("docs.0._source.n")).isEqualTo(7L);
    assertThat(several.at("docs.1.found")).isEqualTo(false);
    assertThat(several.at("docs.2._source.n")).isEqualTo(1199L);
    Said docs =
        server.ask(
            "POST",
            "/_mget",
            "{'docs': [{'_index': 'numbers', '_id': '5'}, {'_index': 'none', '_id': '1'}]}");
    assertThat(docs.at("docs.0.found")).isEqualTo(true);
    assertThat(docs.at("docs.1.error.type")).isEqualTo("index_not_found_exception");
  }

  @Test
  void anAnswerOfManyPartsHasABound() throws IOException {
    String text = "x".repeat(350_000);
    for (int i = 0; i < 10; i++) {
      server.ask("PUT", "/large/_doc/" + i, "{'text': '" + text + "'}");
    }
    Said read = server.ask("POST", "/large/_mget", "{'ids': [" + "'1',".repeat(99) + "'1']}");
    assertThat(read.status()).isEqualTo(413);
    Said found = server.ask("POST", "/large/_msearch", "{}\n{}\n".repeat(10));
    assertThat(found.status()).isEqualTo(200);
    assertThat(found.text().length()).isLessThan(AnswerSize.MOST + 10_000);
    assertThat(found.text())
        .contains("'status':200".replace('\'', '"'))
        .endsWith("'status':413}]}".replace('\'', '"'));
  }

  @Test
  void aBulkThatCannotBeReadWritesNothing() throws IOException {
    for (String body :
        List.of(
            "",
            "{'index': {'_id': '1'}}\n{'a': 1}",
            "{'index': {'_id': '1'}}\n",
            "{'index': {'_id': '1'}}\n{'a': 1}\n{'grow': {}}\n",
            "{'index': {'_id': '1'}}\n{'a': 1}\n{'index': {'_id': '2'}}\n{'a':\n",
            "{'index': {'_id': '1'}}\n{'a': 1}\n{'delete': {}}\n",
            "{'index': {'_id': '1'}}\n{'a': " + "[".repeat(100) + "]".repeat(100) + "}\n",
            "{'index': {'_id': '1'}}\n{'a': '" + "x".repeat(1 << 20) + "'}\n")) {
      Said said = server.ask("POST", "/books/_bulk", body);
      assertThat(said.status()).as(body.substring(0, Math.min(99, body.length()))).isEqualTo(400);
    }
    assertThat(server.ask("GET", "/books").status()).isEqualTo(404);
  }
}
