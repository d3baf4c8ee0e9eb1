package cloud.bevy.doors.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/// Gives a table tags.
final class TagResource implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "TagResourceInput",
          TagShapes.RESOURCE,
          Shape.member("Tags", new Shape.ListOf(TagShapes.TAG), new Constraint.NotNull()));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) {
    Map<String, String> given = TagShapes.tags(call.parameters());
    call.tables()
        .update(
            TagShapes.changed(call),
            table -> {
              Map<String, String> tags = new LinkedHashMap<>(table.tags());
              tags.putAll(given);
              return table.withTags(TagShapes.checked(tags));
            });
  }
}
