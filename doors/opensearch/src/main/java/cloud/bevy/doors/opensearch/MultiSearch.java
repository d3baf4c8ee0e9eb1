package cloud.bevy.doors.opensearch;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.search.JsonTree;
import cloud.bevy.services.search.SearchRefusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `POST /_msearch`: several searches, each with its own answer.
final class MultiSearch implements Operation {
  private static final int MOST = 100;

  @Override
  public Answer run(Call call) {
    long started = call.place().world().time().nanos();
    Lines lines = new Lines(call.body());
    AnswerSize size = new AnswerSize();
    List<Object> responses = new ArrayList<>();
    while (lines.more()) {
      Map<String, @Nullable Object> head = lines.object();
      if (!lines.more()) {
        throw Refused.illegal("line " + lines.line() + " needs a search in the next line");
      }
      byte[] body = lines.bytes();
      if (responses.size() == MOST) {
        throw Refused.illegal("a request has " + MOST + " searches at most");
      }
      responses.add(response(call, head, body, size));
    }
    if (responses.isEmpty()) {
      throw Refused.illegal("Validation Failed: 1: no requests added;");
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("took", (call.place().world().time().nanos() - started) / 1_000_000);
    tree.put("responses", responses);
    return Answer.of(tree);
  }

  private static Object response(
      Call call, Map<String, @Nullable Object> head, byte[] body, AnswerSize size) {
    try {
      Object named = head.getOrDefault("index", call.indexes());
      String names =
          named instanceof List<?> list
              ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
              : String.valueOf(named);
      boolean lenient = call.lenient() || Boolean.TRUE.equals(head.get("ignore_unavailable"));
      Hits hits = new Hits(call.place(), call.parameters(), JsonTree.object(body), size);
      Optional<Bucket> bucket = call.place().bucket(names);
      Map<String, @Nullable Object> tree =
          bucket.isPresent() ? hits.tree(bucket.get()) : hits.tree(hits.indexes(names, lenient));
      tree.put("status", Answer.OK);
      return tree;
    } catch (SearchRefusal refusal) {
      return OpenSearchDoor.refused(refusal).answer().body();
    } catch (Refused refused) {
      return refused.answer().body();
    }
  }
}
