package cloud.bevy.doors.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/// Takes tags from a table.
final class UntagResource implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "UntagResourceInput",
          TagShapes.RESOURCE,
          Shape.member("TagKeys", new Shape.ListOf(Shape.Scalar.TEXT), new Constraint.NotNull()));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) {
    call.tables()
        .update(
            TagShapes.table(call),
            table -> {
              Map<String, String> tags = new LinkedHashMap<>(table.tags());
              tags.keySet().removeAll(call.parameters().list("TagKeys"));
              return table.withTags(tags);
            });
  }
}
