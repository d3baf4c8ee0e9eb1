package cloud.bevy.doors.aws;

import cloud.bevy.services.search.SearchAnswer;
import cloud.bevy.services.search.SearchHit;
import cloud.bevy.services.search.SearchRefusal;
import cloud.bevy.services.search.SearchRequest;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `Search`, which DynamoDB has not: finds the items of a table by its index. What is looked for is
/// `QueryString`, in Lucene's syntax; or `Query`, as OpenSearch writes queries; or `Search`, a
/// whole search as OpenSearch has it.
final class SearchItems implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "SearchInput",
          ItemShapes.TABLE_NAME,
          Shape.text("QueryString"),
          Shape.tree("Query"),
          Shape.tree("Search"),
          Shape.whole("Limit"),
          Shape.flag("ConsistentRead"),
          Shape.member("Highlight", new Shape.ListOf(Shape.Scalar.TEXT)));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Parameters parameters = call.parameters();
    SearchRequest request = request(parameters);
    String table = call.tables().table(parameters.tableName()).description().name();
    write(call.json(), call.search().search(table, request));
  }

  private static SearchRequest request(Parameters parameters) {
    String text = parameters.text("QueryString");
    Map<String, @Nullable Object> query = parameters.tree("Query");
    Map<String, @Nullable Object> whole = parameters.tree("Search");
    int given = (text == null ? 0 : 1) + (query == null ? 0 : 1) + (whole == null ? 0 : 1);
    if (given != 1) {
      throw DynamoRefusal.validation("Exactly one of QueryString, Query and Search must be given");
    }
    SearchRequest request =
        text != null
            ? SearchRequest.lucene(text)
            : query != null ? SearchRequest.all().with("query", query) : whole(whole);
    Long limit = parameters.whole("Limit");
    if (limit != null) {
      request = request.with("size", limit);
    }
    if (parameters.has("Highlight")) {
      request = request.highlighting(parameters.list("Highlight"));
    }
    return parameters.flag("ConsistentRead", true) ? request : request.asItIs();
  }

  private static SearchRequest whole(@Nullable Map<String, @Nullable Object> body) {
    return SearchRequest.of(body == null ? Map.of() : body);
  }

  private static void write(JsonGenerator json, SearchAnswer answer) throws IOException {
    json.writeStartObject();
    json.writeNumberField("Count", answer.hits().size());
    SearchAnswer.Total total = answer.total();
    if (total != null) {
      json.writeNumberField("Total", total.count());
      json.writeBooleanField("TotalIsExact", total.exact());
    }
    json.writeArrayFieldStart("Items");
    for (SearchHit hit : answer.hits()) {
      ItemAnswer.write(json, hit.item(), null);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("Hits");
    for (SearchHit hit : answer.hits()) {
      write(json, hit);
    }
    json.writeEndArray();
    if (!answer.aggregations().isEmpty()) {
      json.writeFieldName("Aggregations");
      tree(json, answer.aggregations());
    }
    json.writeBooleanField("TimedOut", answer.timedOut());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, SearchHit hit) throws IOException {
    json.writeStartObject();
    json.writeStringField("Id", hit.id());
    Float score = hit.score();
    if (score != null) {
      json.writeNumberField("Score", score);
    }
    if (!hit.sort().isEmpty()) {
      json.writeFieldName("Sort");
      tree(json, hit.sort());
    }
    if (!hit.highlights().isEmpty()) {
      json.writeFieldName("Highlight");
      tree(json, hit.highlights());
    }
    json.writeEndObject();
  }

  private static void tree(JsonGenerator json, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName(String.valueOf(entry.getKey()));
          tree(json, entry.getValue());
        }
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        for (Object each : list) {
          tree(json, each);
        }
        json.writeEndArray();
      }
      case Boolean bool -> json.writeBoolean(bool);
      case Number number -> json.writeNumber(number.toString());
      default -> json.writeString(value.toString());
    }
  }

  /// What a search refuses, in DynamoDB's way.
  static DynamoRefusal refusal(SearchRefusal refused) {
    String message = refused.kind().type() + ": " + refused.getMessage();
    return switch (refused.kind()) {
      case PARSING, ILLEGAL_ARGUMENT, QUERY_SHARD, NO_POINT -> DynamoRefusal.validation(message);
      case NOT_FOUND -> DynamoRefusal.notIndexed(message);
      case REJECTED -> DynamoRefusal.throttled(message);
      case TIMEOUT -> DynamoRefusal.unavailable(message);
    };
  }
}
