package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.FieldKind;
import cloud.bevy.services.search.SearchDefinition;
import cloud.bevy.services.search.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `POST /_analyze`, `/{index}/_analyze`: the words of a text as an index has them.
final class Analyze implements Operation {
  private static final String STANDARD = "standard";

  @Override
  public Answer run(Call call) {
    Map<String, @Nullable Object> body = call.object();
    for (String member : body.keySet()) {
      switch (member) {
        case "analyzer", "field", "text" -> {}
        case "tokenizer", "filter", "char_filter", "normalizer", "explain", "attributes" ->
            throw Refused.illegal("[" + member + "] is not carried out: name an [analyzer]");
        default -> throw Refused.parsing("[analyze_request] unknown field [" + member + "]");
      }
    }
    Object text = body.getOrDefault("text", call.parameters().text("text").orElse(null));
    if (text == null) {
      throw Refused.illegal("Validation Failed: 1: text is missing;");
    }
    List<String> texts =
        text instanceof List<?> list
            ? list.stream().map(String::valueOf).toList()
            : List.of(String.valueOf(text));
    return Answer.of(
        Map.of(
            "tokens", Token.of(analyzer(call, body), texts).stream().map(Analyze::tree).toList()));
  }

  private static String analyzer(Call call, Map<String, @Nullable Object> body) {
    Optional<Mapping> mapping =
        call.given(Route.INDEX).map(name -> call.place().index(name).mapping());
    Optional<String> field =
        Optional.ofNullable(body.get("field"))
            .map(String::valueOf)
            .or(() -> call.parameters().text("field"));
    Optional<String> analyzer =
        Optional.ofNullable(body.get("analyzer"))
            .map(String::valueOf)
            .or(() -> call.parameters().text("analyzer"));
    if (field.isPresent() && analyzer.isEmpty()) {
      return mapping
          .map(known -> ofField(known, field.get()))
          .orElseThrow(() -> Refused.illegal("[field] can only be used where an index is named"));
    }
    return switch (analyzer.orElse("default")) {
      case "default" -> mapping.map(Mapping::language).orElse(SearchDefinition.PLAIN);
      // The index has them alike.
      case STANDARD, "simple" -> SearchDefinition.PLAIN;
      default -> analyzer.orElse(STANDARD);
    };
  }

  private static String ofField(Mapping mapping, String name) {
    MappedField field = mapping.fields().get(name);
    boolean text = field == null || MappedField.kind(field.type()) == FieldKind.TEXT;
    boolean whole = field == null && name.endsWith("." + MappedField.KEYWORD);
    return text && !whole ? mapping.language() : Token.WHOLE;
  }

  private static Map<String, Object> tree(Token token) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("token", token.text());
    tree.put("start_offset", token.start());
    tree.put("end_offset", token.end());
    tree.put("type", token.type());
    tree.put("position", token.position());
    if (token.length() > 1) {
      tree.put("positionLength", token.length());
    }
    return tree;
  }
}
