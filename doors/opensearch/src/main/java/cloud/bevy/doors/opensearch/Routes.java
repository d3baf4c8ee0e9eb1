package cloud.bevy.doors.opensearch;

import java.util.List;

/// What can be asked.
final class Routes {
  private static final String READ = "GET HEAD";
  private static final String ASK = "GET POST HEAD";
  private static final String PUT = "PUT POST";
  private static final String DOCUMENT = "{index}/_doc/{id}";

  private Routes() {}

  static List<Route> all() {
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
