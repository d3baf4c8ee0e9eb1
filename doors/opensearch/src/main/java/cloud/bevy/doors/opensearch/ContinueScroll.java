package cloud.bevy.doors.opensearch;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `POST /_search/scroll`: the next page of a scroll.
final class ContinueScroll implements Operation {
  @Override
  public Answer run(Call call) {
    Map<String, @Nullable Object> body = call.object();
    Optional<String> id =
        Optional.ofNullable(body.get("scroll_id"))
            .map(String::valueOf)
            .or(() -> call.given(Route.NAME))
            .or(() -> call.parameters().text("scroll_id"));
    Optional<String> keep =
        Optional.ofNullable(body.get("scroll"))
            .map(String::valueOf)
            .or(() -> call.parameters().text("scroll"));
    return Scroll.next(
        call,
        id.orElseThrow(() -> Refused.illegal("Validation Failed: 1: scrollId is missing;")),
        keep.map(Scroll::keep).orElse(null));
  }
}
