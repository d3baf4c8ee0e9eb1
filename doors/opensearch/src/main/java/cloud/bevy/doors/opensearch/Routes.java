package cloud.bevy.doors.opensearch;

import java.util.List;
import java.util.stream.Stream;

/// What can be asked.
final class Routes {
  private static final String READ = "GET HEAD";
  private static final String ASK = "GET POST HEAD";
  private static final String PUT = "PUT POST";
  private static final String DOCUMENT = "{index}/_doc/{id}";

  private Routes() {}

  static List<Route> all() {
    return Stream.of(documents(), cluster(), searches(), names()).flatMap(List::stream).toList();
  }

  private static List<Route> cluster() {
    return List.of(
        Route.reading(READ, "_cat/count", new CatCount()),
        Route.reading(READ, "_cat/count/{index}", new CatCount()),
        Route.reading(READ, "_cat/health", new CatHealth()),
        Route.reading(READ, "_cat/aliases", new CatAliases()),
        Route.reading(READ, "_cat/aliases/{name}", new CatAliases()),
        Route.reading(READ, "_cat/templates", new CatTemplates()),
        Route.reading(READ, "_cat/templates/{name}", new CatTemplates()),
        Route.reading(READ, "_cat/nodes", new CatNodes()),
        Route.reading(READ, "_cat/shards", new CatShards()),
        Route.reading(READ, "_cat/shards/{index}", new CatShards()),
        Route.reading(READ, "_cluster/state", new ClusterState()),
        Route.reading(READ, "_cluster/state/{name}", new ClusterState()),
        Route.reading(READ, "_cluster/state/{name}/{index}", new ClusterState()),
        Route.reading(READ, "_nodes", new NodesInfo()),
        Route.reading(READ, "_nodes/{name}", new NodesInfo()),
        Route.reading(READ, "_cluster/settings", new ClusterSettings()),
        Route.writing("PUT", "_cluster/settings", new ClusterSettings()),
        Route.reading(READ, "_cluster/stats", new ClusterStats()),
        Route.reading(READ, "_stats", new IndexStats()),
        Route.reading(READ, "{index}/_stats", new IndexStats()),
        Route.reading(READ, "_stats/{name}", new IndexStats()),
        Route.reading(READ, "{index}/_stats/{name}", new IndexStats()),
        Route.reading(READ, "_tasks", new Tasks()));
  }

  private static List<Route> searches() {
    return List.of(
        Route.reading(ASK, "_analyze", new Analyze()),
        Route.reading(ASK, "{index}/_analyze", new Analyze()),
        Route.reading(ASK, "_field_caps", new FieldCaps()),
        Route.reading(ASK, "{index}/_field_caps", new FieldCaps()),
        Route.reading(ASK, "{index}/_explain/{id}", new ExplainDocument()),
        Route.reading(ASK, "_search/scroll", new ContinueScroll()),
        Route.reading(ASK, "_search/scroll/{name}", new ContinueScroll()),
        Route.reading("DELETE", "_search/scroll", new ClearScroll()),
        Route.reading("DELETE", "_search/scroll/{name}", new ClearScroll()),
        Route.reading("POST", "{index}/_search/point_in_time", new CreatePoint()),
        Route.reading(READ, "_search/point_in_time/_all", new ListPoints()),
        Route.reading("DELETE", "_search/point_in_time/_all", new DeletePoints(true)),
        Route.reading("DELETE", "_search/point_in_time", new DeletePoints(false)),
        Route.writing("POST", "{index}/_update_by_query", new UpdateByQuery()),
        Route.writing("POST", "_reindex", new Reindex()));
  }

  private static List<Route> names() {
    GetAlias alias = new GetAlias();
    return List.of(
        Route.reading(READ, "_mapping/field/{name}", new GetFieldMapping()),
        Route.reading(READ, "{index}/_mapping/field/{name}", new GetFieldMapping()),
        Route.reading(READ, "_resolve/index/{name}", new ResolveIndex()),
        Route.reading(READ, "_alias", alias),
        Route.reading(READ, "_alias/{name}", alias),
        Route.reading(READ, "{index}/_alias", alias),
        Route.reading(READ, "{index}/_alias/{name}", alias),
        Route.writing(PUT, "{index}/_alias/{name}", new PutAlias()),
        Route.writing(PUT, "{index}/_aliases/{name}", new PutAlias()),
        Route.writing("DELETE", "{index}/_alias/{name}", new DeleteAlias()),
        Route.writing("DELETE", "{index}/_aliases/{name}", new DeleteAlias()),
        Route.writing("POST", "_aliases", new UpdateAliases()),
        Route.reading(READ, "_index_template", new GetIndexTemplate()),
        Route.reading(READ, "_index_template/{name}", new GetIndexTemplate()),
        Route.writing(PUT, "_index_template/{name}", new PutIndexTemplate()),
        Route.writing("DELETE", "_index_template/{name}", new DeleteIndexTemplate()),
        Route.reading("GET POST", "_flush", new Nothing(false)),
        Route.reading("POST", "_forcemerge", new Nothing(false)),
        Route.reading("POST", "_cache/clear", new Nothing(false)),
        Route.writing("PUT", "_settings", new Nothing(true)),
        Route.reading("GET POST", "{index}/_flush", new Nothing(false)),
        Route.reading("POST", "{index}/_forcemerge", new Nothing(false)),
        Route.reading("POST", "{index}/_cache/clear", new Nothing(false)),
        Route.writing("PUT", "{index}/_settings", new Nothing(true)));
  }

  private static List<Route> documents() {
    GetIndex whole = new GetIndex(true, true);
    GetIndex mapping = new GetIndex(true, false);
    GetIndex settings = new GetIndex(false, true);
    return List.of(
        Route.reading(READ, "", new ClusterInfo()),
        Route.reading(READ, "_cluster/health", new ClusterHealth()),
        Route.reading(READ, "_cluster/health/{index}", new ClusterHealth()),
        Route.reading(READ, "_cat/indices", new CatIndices()),
        Route.reading(READ, "_cat/indices/{index}", new CatIndices()),
        Route.reading(READ, "_mapping", mapping),
        Route.reading(READ, "_settings", settings),
        Route.reading(ASK, "_refresh", new Refresh()),
        Route.reading(ASK, "_search", new SearchDocuments()),
        Route.reading(ASK, "_msearch", new MultiSearch()),
        Route.reading(ASK, "_count", new CountDocuments()),
        Route.reading(ASK, "_validate/query", new ValidateQuery()),
        Route.reading(ASK, "_mget", new MultiGet()),
        Route.writing(PUT, "_bulk", new Bulk()),
        Route.reading(READ, "{index}", whole),
        Route.writing("PUT", "{index}", new CreateIndex()),
        Route.writing("DELETE", "{index}", new DeleteIndex()),
        Route.reading(READ, "{index}/_mapping", mapping),
        Route.writing(PUT, "{index}/_mapping", new PutMapping()),
        Route.reading(READ, "{index}/_settings", settings),
        Route.reading(READ, "_settings/{name}", settings),
        Route.reading(READ, "{index}/_settings/{name}", settings),
        Route.reading(ASK, "{index}/_refresh", new Refresh()),
        Route.reading(ASK, "{index}/_search", new SearchDocuments()),
        Route.reading(ASK, "{index}/_msearch", new MultiSearch()),
        Route.reading(ASK, "{index}/_count", new CountDocuments()),
        Route.reading(ASK, "{index}/_validate/query", new ValidateQuery()),
        Route.reading(ASK, "{index}/_mget", new MultiGet()),
        Route.writing(PUT, "{index}/_bulk", new Bulk()),
        Route.writing("POST", "{index}/_delete_by_query", new DeleteByQuery()),
        Route.writing("POST", "{index}/_doc", new PutDocument(false)),
        Route.writing(PUT, DOCUMENT, new PutDocument(false)),
        Route.writing(PUT, "{index}/_create/{id}", new PutDocument(true)),
        Route.reading(READ, DOCUMENT, new GetDocument(false)),
        Route.reading(READ, "{index}/_source/{id}", new GetDocument(true)),
        Route.writing("DELETE", DOCUMENT, new DeleteDocument()),
        Route.writing("POST", "{index}/_update/{id}", new UpdateDocument()));
  }
}
