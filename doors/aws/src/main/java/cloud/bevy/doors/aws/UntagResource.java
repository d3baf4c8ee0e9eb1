package cloud.bevy.doors.aws;

import cloud.bevy.services.search.SearchDefinition;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDescription;
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
    String name = TagShapes.changed(call);
    TableDescription before = call.tables().table(name).description();
    Table table =
        call.tables()
            .update(
                name,
                now -> {
                  Map<String, String> tags = new LinkedHashMap<>(now.tags());
                  tags.keySet().removeAll(call.parameters().list("TagKeys"));
                  return now.withTags(TagShapes.checked(tags));
                });
    if (SearchDefinition.of(table.description().definition().tags()).isEmpty()) {
      call.forgetIndex(before);
    }
  }
}
