package cloud.bevy.testing.oracles;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.doors.aws.DynamoDoor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Calls the DynamoDB door of this process.
record DynamoCaller(ObjectMapper json, DynamoDoor door, Cloud cloud) {
  private static final int MOST_PAGES = 200;

  DynamoAnswer answer(RandomRequest request) {
    return request.paged()
        ? pages(request.operation(), request.body())
        : answer(request.operation(), request.body());
  }

  private DynamoAnswer answer(String operation, ObjectNode body) {
    try {
      DynamoDoor.Answer answer = door.call(cloud, operation, json.writeValueAsBytes(body));
      return new DynamoAnswer(answer.status(), json.readTree(answer.json()));
    } catch (IOException noJson) {
      throw new UncheckedIOException(noJson);
    }
  }

  private DynamoAnswer pages(String operation, ObjectNode body) {
    ObjectNode whole = json.createObjectNode().put("Count", 0).put("ScannedCount", 0);
    JsonNode total = body.path("TotalSegments");
    int segments = total.isInt() ? total.asInt() : 1;
    int asked = body.path("Segment").isInt() ? body.path("Segment").asInt() : 0;
    for (int segment = 0; segment < segments; segment++) {
      ObjectNode next = body.deepCopy();
      if (segment > 0 || asked > 0 && asked < segments) {
        next.put("Segment", segment);
      }
      for (int i = 0; i < MOST_PAGES; i++) {
        DynamoAnswer page = answer(operation, next);
        if (page.failed()) {
          return page;
        }
        whole.put("Count", whole.get("Count").asInt() + page.body().path("Count").asInt());
        int scanned = whole.get("ScannedCount").asInt() + page.body().path("ScannedCount").asInt();
        whole.put("ScannedCount", scanned);
        if (page.body().get("Items") instanceof ArrayNode items) {
          whole.withArray("Items").addAll(items);
        }
        if (!page.body().has("LastEvaluatedKey")) {
          break;
        }
        next.set("ExclusiveStartKey", page.body().get("LastEvaluatedKey"));
      }
    }
    return new DynamoAnswer(200, whole);
  }
}
