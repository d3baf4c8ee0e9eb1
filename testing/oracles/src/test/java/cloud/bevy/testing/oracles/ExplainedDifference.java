package cloud.bevy.testing.oracles;

import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/// What dynalite does differently from DynamoDB, and why that is known. Each is as narrow as it can
/// be.
enum ExplainedDifference {
  /// It fails where a value is put into itself, and at other inputs that it did not think of.
  CRASH((_, answers) -> answers.theirs().status() == 500),

  /// Its grammar has no `NOT NOT`.
  DOUBLE_NEGATION((request, answers) ->
      answers.theirs().message().contains("Syntax error;")
          && request.expressions().contains("NOT NOT")),

  /// It does not look whether a global index has what is asked of it. DynamoDB says so ("Requested
  /// attributes must be projected", Developer Guide).
  UNPROJECTED((_, answers) ->
      answers.ours().message().contains("Global secondary index ")
          && answers.ours().message().contains(" does not project [")),

  /// `Select` is for it what the documentation of 2015 said; the conformance suite has these.
  SELECT((request, answers) ->
      answers.ours().message().contains("ALL_PROJECTED_ATTRIBUTES can be used only when")
          || answers.ours().message().startsWith("Cannot specify the ProjectionExpression when")
          || answers.ours().message().startsWith("Must specify the AttributesToGet or Proj")),

  /// A Scan has no `ConsistentRead` for it.
  CONSISTENT_SCAN((request, answers) ->
      request.operation().equals("Scan")
          && request.body().has("ConsistentRead")
          && (answers.ours().message().startsWith("Consistent reads are not supported on gl")
              || answers.ours().error().equals("SerializationException"))),

  /// Its `OR` of tests by attribute holds only if the first one does.
  LEGACY_OR((request, _) -> request.text("ConditionalOperator").equals("OR")),

  /// It compares lists and maps, and what is in them, by identity.
  DOCUMENTS((request, answers) ->
      Comparing.DOCUMENT.matcher(request.body().path("ExpressionAttributeValues").toString()).find()
          && (request.body().has("ConditionExpression") || request.body().has("FilterExpression"))
          && !(answers.ours().error().equals("ValidationException"))
          && !(answers.theirs().error().equals("ValidationException"))),

  /// It answers no attributes as an empty map; DynamoDB leaves it out.
  NO_ATTRIBUTES((request, answers) ->
      request.operation().equals("UpdateItem")
          && !answers.ours().failed()
          && !answers.ours().body().has("Attributes")
          && answers.theirs().body().path("Attributes").isObject()
          && answers.theirs().body().path("Attributes").isEmpty()),

  /// It takes `Exists: true` for a value that is there, though it is another than the wanted one.
  EXISTS((request, answers) ->
      request.body().path("Expected").toString().contains("\"Exists\":true")
          && answers.either("ConditionalCheckFailedException")),

  /// It compares values that have no order. DynamoDB refuses such values in an expression.
  UNORDERED((request, answers) ->
      answers
          .ours()
          .message()
          .matches(
              ".*: Incorrect operand type for operator or function; operator or function: "
                  + "(<|<=|>|>=), operand type: (SS|NS|BS|L|M|BOOL|NULL)")),

  /// It takes `EQ` and `NE` for scalars and sets only: "EQ is supported for all data types,
  /// including lists and maps" (API reference, Condition).
  EQUAL_DOCUMENTS((request, answers) ->
      answers
          .theirs()
          .message()
          .matches(
              ".*ComparisonOperator (EQ|NE) is not valid for (L|M|BOOL|NULL) AttributeValue type")),

  /// It takes values in `Expected` that an operator is not for.
  EXPECTED_TYPES((request, answers) ->
      request.body().has("Expected")
          && answers
              .ours()
              .message()
              .matches(".*ComparisonOperator \\w+ is not valid for \\w+ AttributeValue type")),

  /// It takes two values that are not there for equal.
  TWO_ABSENT((request, answers) ->
      request.body().has("ConditionExpression") || request.body().has("FilterExpression")
          ? Comparing.ABSENT.matcher(request.expressions()).find()
          : false),

  /// It takes `ConditionalOperator` beside a single test.
  ONE_TEST((_, answers) -> answers.ours().message().startsWith("ConditionalOperator can")),

  /// It does not fetch from the table what a local index does not have.
  LOCAL_FETCH((request, answers) ->
      request.text("IndexName").startsWith("local")
          && (request.body().has("ProjectionExpression")
              || request.body().has("AttributesToGet")
              || request.expressions().contains("FilterExpression")
              || request.body().has("FilterExpression")
              || request.body().has("QueryFilter")
              || request.body().has("ScanFilter"))
          && !answers.ours().failed()),

  /// It takes all `ReturnValues` in a DeleteItem, and looks at them late in a PutItem.
  RETURNED((_, answers) -> answers.ours().message().startsWith("ReturnValues can only be ALL_OLD")),

  /// It says of JSON of another shape what DynamoDB said in 2015, with the names of Java's classes.
  OTHER_SHAPES((_, answers) ->
      answers.ours().error().equals("SerializationException")
          && answers.theirs().error().equals("SerializationException")),

  /// A word of an update and what it is about must have a space between them.
  NO_SPACE((request, answers) ->
      answers.theirs().message().contains("Syntax error;")
          && Comparing.NO_SPACE.matcher(request.expressions()).find()),

  /// It takes bytes that are no UTF-8 for the same when it looks for them in others.
  BYTES((request, answers) ->
      Comparing.NO_TEXT.matcher(request.body().toString()).find()
          && Comparing.WITHIN.matcher(request.body().toString()).find()
          && !answers.either("ValidationException")),

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

  /// It looks first whether values have the types of the keys.
  KEY_OPERATOR((request, answers) ->
      request.body().has("KeyConditions")
          && Comparing.OF_KEY_CONDITIONS.matcher(answers.ours().message()).find()
          && answers.theirs().error().equals("ValidationException")),

  /// It does not compare numbers in `Expected` as numbers.
  EXPECTED_NUMBERS((request, _) ->
      Comparing.LONG_NUMBER.matcher(request.body().path("Expected").toString()).find()),

  /// A sum may have more than 38 digits.
  DIGITS((_, answers) -> answers.ours().message().contains("more than 38 significant digits")),

  /// The empty string, no bytes and what is neither have no size for it.
  NO_SIZE((request, answers) ->
      request.expressions().contains("size(") && !answers.either("ValidationException")),

  /// `false` is for it in nothing.
  FALSE((request, answers) ->
      request.body().toString().contains("\"BOOL\":false")
          && (request.expressions().contains(" IN (")
              || request.body().toString().contains("\"IN\""))
          && !answers.either("ValidationException")),

  /// `false` has no type for it.
  FALSE_TYPE((request, answers) ->
      request.expressions().contains("attribute_type(")
          && request.body().path("ExpressionAttributeValues").toString().contains("\"S\":\"BOOL\"")
          && !answers.either("ValidationException")),

  /// It looks for what a Query goes by before it looks at other expressions.
  NO_KEY_CONDITION((_, answers) ->
      answers.ours().error().equals("ValidationException")
          && answers.theirs().message().startsWith("Either the KeyConditions or KeyConditionExp")),

  /// Of what is wrong with a condition of a key it sees the path first.
  NESTED_KEY((_, answers) ->
      Comparing.OF_KEYS.matcher(answers.ours().message()).find()
          && answers.theirs().message().startsWith("KeyConditionExpressions cannot have cond")),

  /// It does not look at all whether values in `Expected` can be values.
  EXPECTED_NO_VALUE((request, answers) ->
      request.body().has("Expected")
          && Comparing.NO_VALUE.matcher(answers.ours().message()).find()),

  /// It does not see the empty string, and no bytes, twice in a set.
  EMPTY_TWICE((_, answers) -> Comparing.EMPTY_TWICE.matcher(answers.ours().message()).find()),

  /// It takes what an update has made already for what was there before: "all document paths in an
  /// expression are resolved before anything is changed" (conformance suite, and UPDATED_OLD).
  IN_TURN((request, answers) ->
      request.operation().equals("UpdateItem")
          && !(answers.ours().failed() && answers.theirs().failed())
          && UpdateParts.readsWhatItChanges(request)),

  /// It looks last whether a filter is of a key.
  FILTERED_KEY((_, answers) ->
      answers.ours().message().startsWith("Filter Expression can only contain non-primary key")
          && answers.theirs().error().equals("ValidationException")),

  /// What finds nothing costs nothing for it: "if you perform a read operation on an item that does
  /// not exist, DynamoDB still consumes read throughput" (Developer Guide, "Read consumption").
  NOTHING_FOUND((request, answers) ->
      request.operation().equals("Query")
          && answers.ours().body().path("ScannedCount").asInt(1) == 0
          && answers.theirs().body().path("ScannedCount").asInt(1) == 0
          && answers.theirs().units() == 0
          && answers.ours().units() == (request.consistent() ? 1 : 0.5)),

  /// What is fetched beside a local index it rounds once, not for each item.
  FETCHED_TOGETHER((request, answers) ->
      request.text("IndexName").startsWith("local")
          && request.text("Select").equals("ALL_ATTRIBUTES")
          && answers.theirs().units() > 0
          && answers.ours().units() > answers.theirs().units()),

  /// A consistent Scan costs it as little as another.
  CONSISTENT_UNITS((request, answers) ->
      request.operation().equals("Scan")
          && request.consistent()
          && answers.theirs().units() > 0
          && answers.ours().units() == 2 * answers.theirs().units()),

  /// A name that is empty is for it not there.
  EMPTY_NAME((request, answers) ->
      request.body().toString().contains(":\"\"")
          && answers.theirs().message().contains("not defined; attribute name: #")),

  /// It asks for `TotalSegments` only beside another `Segment` than 0.
  NO_TOTAL((_, answers) -> answers.ours().message().startsWith("The TotalSegments parameter is")),

  /// What DynamoDB says in words of its own about `Limit` it says as of all others.
  LIMIT((_, answers) -> answers.ours().message().contains("Value at 'Limit' failed")),

  /// It takes any word for an `Action`.
  ACTION((_, answers) -> answers.ours().message().contains(".member.action' failed to satisfy")),

  /// It looks for strings, numbers and bytes only within a list.
  CONTAINED((request, answers) ->
      request.expressions().contains("contains(")
          && Comparing.OTHER.matcher(request.body().toString()).find()
          && !answers.either("ValidationException")),

  /// It compares lists and maps by identity in `contains` too.
  CONTAINED_DOCUMENT((request, answers) ->
      Comparing.PLACE_WITHIN.matcher(request.expressions()).find()
          && !answers.either("ValidationException")),

  /// An attribute that is empty is for some of its tests not there.
  EMPTY_VALUE((request, answers) ->
      (Comparing.BLIND.matcher(request.expressions()).find()
              || Comparing.OLD_BLIND.matcher(request.body().toString()).find())
          && !answers.either("ValidationException")
          && (!request.written().isEmpty()
              || answers.show("\"\"")
              || request.hides()
              || request.body().toString().matches(".*\"[SB]\":\"\".*"))),

  /// It looks at all placeholders before it looks at values.
  PLACEHOLDERS((_, answers) ->
      answers.ours().message().startsWith("ExpressionAttributeValues contains invalid value")
          && answers.theirs().message().contains(" contains invalid key: ")),

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

  /// It takes a JSON null within a map as a value.
  NULLS((request, _) -> request.body().toString().contains("null")),

  /// A `:` or `#` alone is for it a name.
  BARE_SIGN((request, answers) ->
      answers.ours().message().contains("Syntax error")
          && answers.theirs().message().matches(".*attribute (value|name): [:#]")),

  /// It takes the empty string and no bytes for a key of an index, and for what is asked of a key.
  EMPTY_KEY((_, answers) -> answers.ours().message().contains("attribute cannot contain an empty")),

  /// The names of tables may have one letter, and be ARNs, since 2024.
  TABLE_NAME((_, answers) ->
      answers.theirs().message().contains("at 'tableName' failed")
          || answers.theirs().message().contains("Map keys must satisfy constraint")),

  /// It shows a set without its brackets, and lists and maps as JavaScript does.
  SHOWN_OPERAND((_, answers) ->
      answers.ours().message().contains("lower bound operand: AttributeValue: {")
          && Comparing.operands(answers.ours().message())
              .equals(Comparing.operands(answers.theirs().message()))),

  /// It does not say "The requestItems parameter is required".
  NO_ITEMS((_, answers) -> answers.ours().message().startsWith("The requestItems parameter is")),

  /// What has no attribute passes its `NOT_CONTAINS`.
  NOT_CONTAINS((request, _) -> request.body().toString().contains("\"NOT_CONTAINS\"")),

  /// It looks at what is wrong with an item in another order.
  SEVERAL_FAULTS((_, answers) ->
      Comparing.OF_UPDATES.matcher(answers.ours().message()).find()
          && Comparing.OF_UPDATES.matcher(answers.theirs().message()).find()),

  /// It adds lists: "Do not use ADD for any other data types" than numbers and sets (API reference,
  /// AttributeValueUpdate).
  ADDED_LIST((_, answers) ->
      answers.ours().message().endsWith("ADD action is not supported for the type L")),

  /// It shows a value as JSON where DynamoDB shows it as Java does.
  SHOWN_VALUE((request, answers) ->
      answers.ours().error().equals("ValidationException")
          && answers.theirs().error().equals("ValidationException")
          && answers.ours().message().contains(" validation error")
          && Comparing.plain(answers.ours().message())
              .equals(Comparing.plain(answers.theirs().message())));

  /// What both answered.
  record Answers(DynamoAnswer ours, DynamoAnswer theirs) {
    boolean show(String part) {
      return ours.body().toString().contains(part) || theirs.body().toString().contains(part);
    }

    boolean either(String error) {
      return ours.error().equals(error) || theirs.error().equals(error);
    }
  }

  /// What tests share.
  private static final class Comparing {
    /// A comparison of two places, or of sizes.
    static final Pattern ABSENT =
        Pattern.compile(
            "[\\w\\])] (=|<>|<|<=|>|>=) (size\\(|[#a-zA-Z])"
                + "|[\\w\\])] IN \\((.*, )?(size\\(|[#a-zA-Z])");

    /// What may be wrong with an item that is updated.
    static final Pattern OF_UPDATES =
        Pattern.compile(
            "^(The document path provided in the update|Number (over|under)flow"
                + "|The provided expression refers to an attr"
                + "|An operand in the update expression has)");

    /// What else may be wrong with it where it is an expression.
    static final Pattern OF_KEYS =
        Pattern.compile(
            "Multiple attribute names used in one condition$|cannot contain nested operations$");

    /// A test whether a place is in another.
    static final Pattern PLACE_WITHIN = Pattern.compile("contains\\([^,]+, [#a-z]");

    /// What may be wrong with the condition of a key.
    static final Pattern OF_KEY_CONDITIONS =
        Pattern.compile(
            "^Attempted conditional constraint is not|Condition parameter type does not match"
                + "|^Query condition missed key schema element");

    /// What is wrong with a value.
    static final Pattern NO_VALUE =
        Pattern.compile(
            "^(Number (under|over)flow|Attempting to store more than 38|The parameter cannot be)"
                + "|contains duplicates");

    /// A set that has what is empty twice.
    static final Pattern EMPTY_TWICE =
        Pattern.compile("Input collection \\[(.*, )?, .*\\]( |of type BS )contains duplicates");

    /// A value that is a list or a map.
    static final Pattern DOCUMENT = Pattern.compile("\"(L|M)\":");

    /// A test that does not see the empty string.
    static final Pattern BLIND = Pattern.compile("attribute_type\\(|BETWEEN| IN \\(");

    /// The same in the parameters of before.
    static final Pattern OLD_BLIND = Pattern.compile("\"(IN|BETWEEN)\"");

    /// A value that is no string, number or bytes.
    static final Pattern OTHER = Pattern.compile("\"(L|M|BOOL|NULL|SS|NS|BS)\":");

    /// A word that is followed by a placeholder at once.
    static final Pattern NO_SPACE =
        Pattern.compile(
            "(SET|REMOVE|ADD|DELETE|AND|OR|NOT|IN|BETWEEN)[#:(]|[)\\w](AND|OR|IN|BETWEEN)");

    /// Bytes that are no UTF-8.
    static final Pattern NO_TEXT = Pattern.compile("\"(/w==|gIA=)\"");

    /// A test for what is within.
    static final Pattern WITHIN = Pattern.compile("contains\\(|begins_with|CONTAINS|BEGINS_WITH");

    /// A number that is not written as short as it can be.
    static final Pattern LONG_NUMBER = Pattern.compile("\"(1e2|5e3|1E-5|007|-0|1.50)\"");

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
