package cloud.bevy.testing.oracles;

import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What dynalite says differently from DynamoDB, and why that is known: other words, another of
/// several faults, nothing of what DynamoDB refuses. Each is as narrow as it can be. What it does
/// otherwise with items is mended where it is loaded (`mends.mjs`), so that it is compared.
enum ExplainedDifference {
  /// Its grammar has no `NOT NOT`.
  DOUBLE_NEGATION((request, answers) ->
      answers.theirs().message().contains("Syntax error;")
          && request.expressions().contains("NOT NOT")),

  /// It does not look whether a global index has what is asked of it. DynamoDB says so ("Requested
  /// attributes must be projected", Developer Guide).
  UNPROJECTED((_, answers) ->
      answers.ours().message().contains("Global secondary index ")
          && answers.ours().message().contains(" does not project [")),

  /// It takes values in `Expected` that an operator is not for.
  EXPECTED_TYPES((request, answers) ->
      request.body().has("Expected")
          && answers
              .ours()
              .message()
              .matches(".*ComparisonOperator \\w+ is not valid for \\w+ AttributeValue type")),

  /// It takes `ConditionalOperator` beside a single test.
  ONE_TEST((request, answers) ->
      request.body().has("ConditionalOperator")
          && Stream.of("Expected", "QueryFilter", "ScanFilter")
              .allMatch(tests -> request.given(tests) < 2)
          && answers.ours().message().startsWith("ConditionalOperator can")),

  /// It takes all `ReturnValues` in a DeleteItem, and looks at them late in a PutItem.
  RETURNED((request, answers) ->
      request.text("ReturnValues").matches("ALL_NEW|UPDATED_OLD|UPDATED_NEW")
          && answers.ours().message().startsWith("ReturnValues can only be ALL_OLD")),

  /// It says of JSON of another shape what DynamoDB said in 2015, with the names of Java's classes.
  OTHER_SHAPES((_, answers) ->
      answers.ours().error().equals("SerializationException")
          && answers.theirs().error().equals("SerializationException")),

  /// A word of an update and what it is about must have a space between them.
  NO_SPACE((request, answers) ->
      answers.theirs().message().contains("Syntax error;")
          && Comparing.NO_SPACE.matcher(request.expressions()).find()),

  /// Items with the same index keys have another order, so a start among them is another start.
  TIES((request, answers) ->
      request.body().has("IndexName")
          && request.body().has("ExclusiveStartKey")
          && !answers.ours().failed()
          && !answers.theirs().failed()),

  /// Of several paths that cannot be together it names others.
  OVERLAPS((_, answers) ->
      answers.ours().message().contains(": Two document paths ")
          && answers.theirs().message().contains(": Two document paths ")),

  /// It looks first whether there is such a table, and whether values have the types of the keys.
  KEY_OPERATOR((request, answers) ->
      request.body().has("KeyConditions")
          && Comparing.OF_KEY_CONDITIONS.matcher(answers.ours().message()).find()
          && (answers.theirs().error().equals("ValidationException")
              || answers.theirs().error().equals("ResourceNotFoundException"))),

  /// It looks at the start and at the condition of one key, and then at those of the other.
  START_AND_CONDITION((request, answers) ->
      request.operation().equals("Query")
          && request.body().has("ExclusiveStartKey")
          && Comparing.OF_STARTS.matcher(answers.ours().message()).find()
          && Comparing.OF_KEY_CONDITIONS.matcher(answers.theirs().message()).find()),

  /// It looks for what a Query goes by before it looks at other expressions.
  NO_KEY_CONDITION((_, answers) ->
      answers.ours().error().equals("ValidationException")
          && answers.theirs().message().startsWith("Either the KeyConditions or KeyConditionExp")),

  /// Of what is wrong with a condition of a key it sees the path first.
  NESTED_KEY((_, answers) ->
      Comparing.OF_KEYS.matcher(answers.ours().message()).find()
          && answers.theirs().message().startsWith("KeyConditionExpressions cannot have cond")),

  /// It does not see the empty string, and no bytes, twice in a set.
  EMPTY_TWICE((_, answers) -> Comparing.EMPTY_TWICE.matcher(answers.ours().message()).find()),

  /// It looks last whether a filter is of a key.
  FILTERED_KEY((_, answers) ->
      answers.ours().message().startsWith("Filter Expression can only contain non-primary key")
          && answers.theirs().error().equals("ValidationException")),

  /// What finds nothing costs nothing for it: "if you perform a read operation on an item that does
  /// not exist, DynamoDB still consumes read throughput" (Developer Guide, "Read consumption").
  NOTHING_FOUND((request, answers) ->
      Stream.of("Query", "Scan").anyMatch(request.operation()::equals)
          && answers.ours().body().path("ScannedCount").asInt(1) == 0
          && answers.theirs().body().path("ScannedCount").asInt(1) == 0
          && answers.theirs().units() == 0
          && answers.ours().units() == (request.consistent() ? 1 : 0.5)),

  /// What is fetched beside a local index costs a read of each item, where something is fetched
  /// (Developer Guide, Local Secondary Indexes). It rounds all of it once, and fetches more.
  FETCHED_UNITS((request, answers) ->
      request.text("IndexName").startsWith("local")
          && answers.theirs().units() > 0
          && answers.ours().units() > 0
          && answers.areAlikeButForUnits(request)),

  /// A name that is empty is for it not there.
  EMPTY_NAME((request, answers) ->
      request.body().toString().contains(":\"\"")
          && answers.theirs().message().contains("not defined; attribute name: #")),

  /// It asks for `TotalSegments` only beside another `Segment` than 0.
  NO_TOTAL((request, answers) ->
      !request.body().hasNonNull("TotalSegments")
          && answers.ours().message().startsWith("The TotalSegments parameter is")),

  /// It looks at filters before it misses the segment.
  NO_SEGMENT((request, answers) ->
      !request.body().hasNonNull("Segment")
          && answers.ours().message().startsWith("The Segment parameter is required")
          && answers.theirs().error().equals("ValidationException")),

  /// It looks at conditions before it refuses a consistent read of a global index.
  CONSISTENT((request, answers) ->
      request.body().path("ConsistentRead").asBoolean()
          && answers.ours().message().startsWith("Consistent reads are not supported on global")
          && answers.theirs().error().equals("ValidationException")),

  /// What DynamoDB says in words of its own about `Limit` it says as of all others.
  LIMIT((request, answers) ->
      request.body().path("Limit").asInt(1) < 1
          && answers.ours().message().contains("Value at 'Limit' failed")),

  /// It looks at all placeholders before it looks at values.
  PLACEHOLDERS((_, answers) ->
      answers.ours().message().startsWith("ExpressionAttributeValues contains invalid value")
          && (answers.theirs().message().contains(" contains invalid key: ")
              || answers.theirs().message().equals("ExpressionAttributeNames must not be empty"))),

  /// Of several tables it looks at another first.
  SEVERAL_TABLES((request, answers) ->
      request.tables().size() > 1
          && answers.ours().error().equals("ValidationException")
          && answers.theirs().error().equals("ValidationException")),

  /// Of several tables one is not there, which it says first.
  NO_SUCH_TABLE((request, answers) ->
      request.body().path("RequestItems").size() > 1
          && answers.ours().error().equals("ValidationException")
          && answers.theirs().error().equals("ResourceNotFoundException")),

  /// A `:` or `#` alone is for it a name.
  BARE_SIGN((request, answers) ->
      answers.ours().message().contains("Syntax error")
          && answers.theirs().message().matches(".*attribute (value|name): [:#]")),

  /// It takes the empty string and no bytes for a key of an index, and for what is asked of a key.
  EMPTY_KEY((request, answers) ->
      Comparing.EMPTY.matcher(request.body().toString()).find()
          && answers.ours().message().contains("attribute cannot contain an empty")),

  /// The names of tables may have one letter, and be ARNs, since 2024.
  TABLE_NAME((request, answers) ->
      request.tables().size() < Math.max(1, request.body().path("RequestItems").size())
          && (answers.theirs().message().contains("at 'tableName' failed")
              || answers.theirs().message().contains("Map keys must satisfy constraint"))),

  /// It shows a set without its brackets, and lists and maps as JavaScript does.
  SHOWN_OPERAND((_, answers) ->
      answers.ours().message().contains("lower bound operand: AttributeValue: {")
          && Comparing.operands(answers.ours().message())
              .equals(Comparing.operands(answers.theirs().message()))),

  /// It does not say "The requestItems parameter is required".
  NO_ITEMS((request, answers) ->
      request.given("RequestItems") == 0
          && answers.ours().message().startsWith("The requestItems parameter is")),

  /// It looks at what is wrong with an item in another order.
  SEVERAL_FAULTS((_, answers) ->
      Comparing.OF_UPDATES.matcher(answers.ours().message()).find()
          && Comparing.OF_UPDATES.matcher(answers.theirs().message()).find()),

  /// It shows a value as JSON where DynamoDB shows it as Java does.
  SHOWN_VALUE((request, answers) ->
      answers.ours().error().equals("ValidationException")
          && answers.theirs().error().equals("ValidationException")
          && answers.ours().message().contains(" validation error")
          && Comparing.plain(answers.ours().message())
              .equals(Comparing.plain(answers.theirs().message())));

  /// What both answered.
  record Answers(DynamoAnswer ours, DynamoAnswer theirs) {
    boolean areAlikeButForUnits(RandomRequest request) {
      return ours.withoutUnits()
          .comparable(request, null)
          .equals(theirs.withoutUnits().comparable(request, null));
    }
  }

  /// What tests share.
  private static final class Comparing {
    /// What may be wrong with an item that is updated.
    static final Pattern OF_UPDATES =
        Pattern.compile(
            "^(The document path provided in the update|Number (over|under)flow"
                + "|Attempting to store more than 38 significant digits"
                + "|The provided expression refers to an attr"
                + "|An operand in the update expression has)");

    /// What else may be wrong with it where it is an expression.
    static final Pattern OF_KEYS =
        Pattern.compile(
            "Multiple attribute names used in one condition$|cannot contain nested operations$");

    /// What may be wrong with the condition of a key.
    static final Pattern OF_KEY_CONDITIONS =
        Pattern.compile(
            "^Attempted conditional constraint is not|Condition parameter type does not match"
                + "|^Query condition missed key schema element");

    /// What may be wrong with the key to start after.
    static final Pattern OF_STARTS =
        Pattern.compile(
            "^(The provided key element does not match the schema"
                + "|The provided starting key is invalid)");

    /// A set that has what is empty twice.
    static final Pattern EMPTY_TWICE =
        Pattern.compile("Input collection \\[(.*, )?, .*\\]( |of type BS )contains duplicates");

    /// The empty string, or no bytes.
    static final Pattern EMPTY = Pattern.compile("\"[SB]\":\"\"");

    /// A word that is followed by a placeholder at once.
    static final Pattern NO_SPACE =
        Pattern.compile(
            "(SET|REMOVE|ADD|DELETE|AND|OR|NOT|IN|BETWEEN)[#:(]|[)\\w](AND|OR|IN|BETWEEN)");

    private Comparing() {}

    /// A message without the values in it.
    static String operands(String message) {
      return message.replaceAll("\\{(SS|NS|BS|L|M)[^}]*}.*?(?=, upper bound|$)", "{}");
    }

    static String plain(String message) {
      return message.replaceAll("Value '.*?' at ", "Value at ");
    }
  }

  private final BiPredicate<RandomRequest, Answers> test;

  ExplainedDifference(BiPredicate<RandomRequest, Answers> test) {
    this.test = test;
  }

  boolean explains(RandomRequest request, DynamoAnswer ours, DynamoAnswer theirs) {
    return test.test(request, new Answers(ours, theirs));
  }
}
