package cloud.bevy.doors.aws;

import cloud.bevy.services.search.SearchDefinition;
import cloud.bevy.services.tables.NoSuchTable;
import cloud.bevy.services.tables.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// What requests say of tags and of what has them: tables, by their ARNs.
final class TagShapes {
  static final Shape.Member RESOURCE = Shape.text("ResourceArn", new Constraint.NotNull());
  static final Shape.Structure TAG =
      new Shape.Structure(
          "Tag",
          Shape.text(
              "Key",
              new Constraint.NotNull(),
              new Constraint.Shortest(1),
              new Constraint.Longest(128)),
          Shape.text("Value", new Constraint.NotNull(), new Constraint.Longest(256)));

  private static final int MOST_TAGS = 50;
  private static final String ARN = "arn:aws[a-z-]*:dynamodb:[^:]*:[0-9]*:table/.+";
  private static final String INDEX_ARN = "[^/]*/[^/]*/index/.*";
  private static final Pattern CHARACTERS = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private TagShapes() {}

  /// The name of the table that is to get or lose tags.
  ///
  /// @throws DynamoRefusal if there is none
  static String changed(DynamoCall call) {
    String arn = call.parameters().needed("ResourceArn");
    check(arn);
    try {
      return call.tables().table(Parameters.tableName(arn)).description().name();
    } catch (NoSuchTable none) {
      boolean own = arn.startsWith(call.origin().arn(""));
      throw own ? DynamoRefusal.noResource(arn) : DynamoRefusal.noAccess(arn);
    }
  }

  private static void check(String arn) {
    if (!arn.matches(ARN)) {
      throw DynamoRefusal.validation(
          "Invalid TableArn: Invalid ResourceArn provided as input " + arn);
    }
    if (arn.matches(INDEX_ARN)) {
      throw DynamoRefusal.validation(
          "One or more parameter values were invalid: Invalid resource arn provided, only table or"
              + " stream is accepted. Provided resource arn: "
              + arn);
    }
  }

  /// The name of the table of a request that names it by its ARN.
  ///
  /// @throws DynamoRefusal if there is none
  static String table(DynamoCall call) {
    String arn = call.parameters().needed("ResourceArn");
    check(arn);
    String name = Parameters.tableName(arn);
    try {
      Table table = call.tables().table(name);
      return table.description().name();
    } catch (NoSuchTable none) {
      throw DynamoRefusal.noAccess(arn);
    }
  }

  /// The tags in a list.
  ///
  /// @throws DynamoRefusal if two have one name, or there are too many
  static Map<String, String> tags(Parameters parameters) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Parameters tag : parameters.structures("Tags")) {
      checkCharacters("Key", tag);
      checkCharacters("Value", tag);
      if (tags.put(tag.needed("Key"), tag.needed("Value")) != null) {
        throw DynamoRefusal.validation(
            "One or more parameter values were invalid: Duplicate tag keys");
      }
    }
    return checked(tags);
  }

  private static void checkCharacters(String member, Parameters tag) {
    if (!CHARACTERS.matcher(tag.needed(member)).matches()) {
      throw DynamoRefusal.validation(
          "One or more parameter values were invalid: Invalid characters in the %s of a tag: %s"
              .formatted(member, tag.needed(member)));
    }
  }

  /// The tags, if these are not too many.
  ///
  /// @throws cloud.bevy.services.search.SearchRefusal if they ask for an index that cannot be
  static Map<String, String> checked(Map<String, String> tags) {
    if (tags.size() > MOST_TAGS) {
      throw DynamoRefusal.limitExceeded("Tag limit exceeded: the number of tags exceeds 50");
    }
    // What is wrong with an index is said here, and not when somebody searches.
    SearchDefinition.of(tags);
    return tags;
  }
}
