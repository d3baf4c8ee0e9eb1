package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.TransactOutcome;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A DynamoDB request that is not carried out, in DynamoDB's types and words (API Reference,
/// "Common Errors" and the errors of each action).
final class DynamoRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final String DYNAMO = "com.amazonaws.dynamodb.v20120810#";
  private static final String CORAL = "com.amazon.coral.service#";
  private static final String VALIDATE = "com.amazon.coral.validate#";

  /// What is said of an item that was to be inserted and is there.
  static final String DUPLICATE = "Duplicate primary key exists in table";

  private static final String DUPLICATE_REQUEST =
      "Duplicate request detected with conflicting parameters";
  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;
  private static final int INTERNAL = 500;
  private static final int UNAVAILABLE = 503;

  private final int status;
  private final String type;
  private final transient @Nullable StoredItem item;
  private final transient List<TransactOutcome.Reason> reasons;

  private DynamoRefusal(int status, String type, String message, @Nullable StoredItem item) {
    this(status, type, message, item, List.of());
  }

  private DynamoRefusal(
      int status,
      String type,
      String message,
      @Nullable StoredItem item,
      List<TransactOutcome.Reason> reasons) {
    super(message, null, false, false);
    this.reasons = reasons;
    this.status = status;
    this.type = type;
    this.item = item;
  }

  private static DynamoRefusal badRequest(String type, String message) {
    return new DynamoRefusal(BAD_REQUEST, type, message, null);
  }

  /// A value breaks a rule.
  static DynamoRefusal validation(String message) {
    return badRequest(VALIDATE + "ValidationException", message);
  }

  /// The body is not the JSON it should be.
  static DynamoRefusal serialization(String message) {
    return badRequest(CORAL + "SerializationException", message);
  }

  /// There is no such operation.
  static DynamoRefusal unknownOperation() {
    return badRequest(CORAL + "UnknownOperationException", "");
  }

  /// An operation or parameter that DynamoDB has and this program does not.
  static DynamoRefusal unsupported(String what) {
    return validation(what + " is not supported by this version of Cloud Bevy");
  }

  /// There is no such table, for operations on items.
  static DynamoRefusal noResource() {
    return badRequest(DYNAMO + "ResourceNotFoundException", "Requested resource not found");
  }

  /// There is nothing that has this ARN.
  static DynamoRefusal noResource(String arn) {
    return badRequest(
        DYNAMO + "ResourceNotFoundException",
        "Requested resource not found: ResourcArn: " + arn + " not found");
  }

  /// There is no such table, for operations on tables.
  static DynamoRefusal noTable(String name) {
    return badRequest(
        DYNAMO + "ResourceNotFoundException",
        "Requested resource not found: Table: " + name + " not found");
  }

  /// There is no such table of several regions.
  static DynamoRefusal noGlobalTable(String name) {
    return badRequest(
        DYNAMO + "GlobalTableNotFoundException",
        "Global table not found: Global table with name: '" + name + "' does not exist.");
  }

  /// There is no such stream, or it can no longer be read.
  static DynamoRefusal noStream(String arn) {
    return badRequest(
        DYNAMO + "ResourceNotFoundException",
        "Requested resource not found: Stream: " + arn + " not found");
  }

  /// A stream has no such shard.
  static DynamoRefusal noShard(String shard, String arn) {
    return badRequest(
        DYNAMO + "ResourceNotFoundException",
        "Requested resource not found: Shard: " + shard + " in stream: " + arn + " not found");
  }

  /// An iterator that is too old.
  static DynamoRefusal expiredIterator() {
    return badRequest(
        DYNAMO + "ExpiredIteratorException",
        "The shard iterator has expired: an iterator can be used for 15 minutes");
  }

  /// Records that are too old.
  static DynamoRefusal trimmedData() {
    return badRequest(
        DYNAMO + "TrimmedDataAccessException",
        "The operation attempted to read past the oldest stream record in a shard");
  }

  /// There is a table of that name.
  static DynamoRefusal tableExists(String name) {
    return badRequest(DYNAMO + "ResourceInUseException", "Table already exists: " + name);
  }

  /// A table that is still being made.
  static DynamoRefusal beingCreated(String name) {
    return badRequest(
        DYNAMO + "ResourceInUseException",
        "Attempt to change a resource which is still in use: Table is being created: " + name);
  }

  /// There is no such table, for operations on backups.
  static DynamoRefusal tableNotFound(String name) {
    return badRequest(DYNAMO + "TableNotFoundException", "Table not found: " + name);
  }

  /// There is a table of the name that another was to be restored under.
  static DynamoRefusal alreadyExists(String name) {
    return badRequest(DYNAMO + "TableAlreadyExistsException", "Table already exists: " + name);
  }

  /// A table that is still being made, for operations on backups.
  static DynamoRefusal tableInUse(String name) {
    return badRequest(DYNAMO + "TableInUseException", "Table is being created: " + name);
  }

  /// There is no such backup.
  static DynamoRefusal backupNotFound(String arn) {
    return badRequest(DYNAMO + "BackupNotFoundException", "Backup not found: " + arn);
  }

  /// A backup that a table is being restored from.
  static DynamoRefusal backupInUse(String arn) {
    return badRequest(
        DYNAMO + "BackupInUseException", "Backup is being used by a restore operation: " + arn);
  }

  /// A table of which nothing can be said yet.
  static DynamoRefusal backupsUnavailable(String table) {
    return badRequest(
        DYNAMO + "ContinuousBackupsUnavailableException",
        "Backups are being enabled for the table: " + table + ". Please retry later");
  }

  /// A table that cannot be restored to a moment.
  static DynamoRefusal notRecoverable(String table) {
    return badRequest(
        DYNAMO + "PointInTimeRecoveryUnavailableException",
        "Point in time recovery is not enabled for table '" + table + "'");
  }

  /// A moment to which a table cannot be restored.
  static DynamoRefusal invalidRestoreTime() {
    return badRequest(
        DYNAMO + "InvalidRestoreTimeException",
        "An invalid restore time was specified. RestoreDateTime must be between"
            + " EarliestRestorableDateTime and LatestRestorableDateTime.");
  }

  /// A moment of which a table cannot be exported.
  static DynamoRefusal invalidExportTime(String message) {
    return badRequest(DYNAMO + "InvalidExportTimeException", message);
  }

  /// There is no such export.
  static DynamoRefusal exportNotFound(String arn) {
    return badRequest(DYNAMO + "ExportNotFoundException", "Export not found: " + arn);
  }

  /// There is no such import.
  static DynamoRefusal importNotFound(String arn) {
    return badRequest(DYNAMO + "ImportNotFoundException", "Import not found: " + arn);
  }

  /// Another export was asked for with the same token.
  static DynamoRefusal exportConflict() {
    return badRequest(DYNAMO + "ExportConflictException", DUPLICATE_REQUEST);
  }

  /// Another import was asked for with the same token.
  static DynamoRefusal importConflict() {
    return badRequest(DYNAMO + "ImportConflictException", DUPLICATE_REQUEST);
  }

  /// A table has no policy of its own.
  static DynamoRefusal noPolicy(String arn) {
    return badRequest(
        DYNAMO + "PolicyNotFoundException",
        "Resource-based policy not found for the provided ResourceArn: " + arn);
  }

  /// A table has no such index.
  static DynamoRefusal noIndex(String index) {
    return badRequest(
        DYNAMO + "ResourceNotFoundException",
        "Requested resource not found: Index: " + index + " not found");
  }

  /// Something of another account, region or service.
  static DynamoRefusal foreign() {
    return badRequest(CORAL + "AccessDeniedException", "Access is denied");
  }

  /// More is asked for than may be at once.
  static DynamoRefusal limitExceeded(String message) {
    return badRequest(DYNAMO + "LimitExceededException", message);
  }

  /// A condition did not hold.
  ///
  /// @param item what is there instead, if the caller wants to see it
  static DynamoRefusal conditionalCheckFailed(@Nullable StoredItem item) {
    return new DynamoRefusal(
        BAD_REQUEST,
        DYNAMO + "ConditionalCheckFailedException",
        "The conditional request failed",
        item);
  }

  /// A transaction could not be carried out.
  static DynamoRefusal transactionCancelled(List<TransactOutcome.Reason> reasons) {
    String codes =
        reasons.stream().map(reason -> reason.code().word()).collect(Collectors.joining(", "));
    return new DynamoRefusal(
        BAD_REQUEST,
        DYNAMO + "TransactionCanceledException",
        "Transaction cancelled, please refer cancellation reasons for specific reasons ["
            + codes
            + "]",
        null,
        reasons);
  }

  /// A token that was given with another request before.
  static DynamoRefusal otherRequest() {
    return badRequest(
        DYNAMO + "IdempotentParameterMismatchException",
        "Requests with the same client token must be identical");
  }

  /// Something that is not there, or not the caller's.
  static DynamoRefusal noAccess(String arn) {
    return badRequest(
        CORAL + "AccessDeniedException",
        "User is not authorized to perform this operation on resource: " + arn);
  }

  /// There is an item that was to be inserted.
  static DynamoRefusal duplicateItem() {
    return badRequest(DYNAMO + "DuplicateItemException", DUPLICATE);
  }

  /// The body is larger than any request may be.
  static DynamoRefusal tooLarge() {
    return new DynamoRefusal(
        TOO_LARGE, CORAL + "RequestEntityTooLargeException", "Request size exceeds 16 MB", null);
  }

  /// Something is wrong with this program or its machine.
  static DynamoRefusal internal(String message) {
    return new DynamoRefusal(INTERNAL, DYNAMO + "InternalServerError", message, null);
  }

  /// The program cannot answer now, and may later.
  static DynamoRefusal unavailable(String message) {
    return new DynamoRefusal(UNAVAILABLE, CORAL + "ServiceUnavailableException", message, null);
  }

  /// There is no index of that table.
  static DynamoRefusal notIndexed(String message) {
    return badRequest(DYNAMO + "ResourceNotFoundException", message);
  }

  /// There is too much to do at the moment.
  static DynamoRefusal throttled(String message) {
    return badRequest(DYNAMO + "ThrottlingException", message);
  }

  /// A key that is not for this.
  static DynamoRefusal accessDenied() {
    return badRequest(
        CORAL + "AccessDeniedException", "The access key is not for this operation on tables");
  }

  /// No signature.
  static DynamoRefusal unsigned() {
    return badRequest(
        CORAL + "MissingAuthenticationTokenException", "Request is missing Authentication Token");
  }

  /// A signature that is not good; the S3 door says the same in S3's words.
  static DynamoRefusal of(Refusal refusal) {
    return switch (refusal.kind()) {
      case MALFORMED_HEADER, MALFORMED_QUERY -> incomplete(refusal.detail());
      case NO_DATE ->
          incomplete(
              "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date'"
                  + " header.");
      case OLD_VERSION, UNKNOWN_TYPE, ONE_WORD -> unsigned();
      case SEVERAL ->
          invalid(
              "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP"
                  + " header.");
      case WRONG_SERVICE -> invalid("Credential should be scoped to correct service: 'dynamodb'.");
      case UNKNOWN_KEY, FOREIGN_TOKEN ->
          badRequest(
              CORAL + "UnrecognizedClientException",
              "The security token included in the request is invalid.");
      case MISMATCH ->
          invalid(
              "The request signature we calculated does not match the signature you provided. Check"
                  + " your AWS Secret Access Key and signing method. Consult the service"
                  + " documentation for details.");
      case SKEWED, EXPIRED -> invalid("Signature expired: check the clock of this machine");
      case NOT_YET_VALID -> invalid("Signature not yet current: check the clock of this machine");
      case UNSIGNED_HEADER ->
          invalid(
              refusal.detail().equals("host")
                  ? "'Host' must be a 'SignedHeader' in the AWS Authorization."
                  : "'"
                      + refusal.detail()
                      + "' must be a 'SignedHeader' in the AWS Authorization.");
    };
  }

  private static DynamoRefusal incomplete(String message) {
    return badRequest(CORAL + "IncompleteSignatureException", message);
  }

  private static DynamoRefusal invalid(String message) {
    return badRequest(CORAL + "InvalidSignatureException", message);
  }

  /// The HTTP status.
  int status() {
    return status;
  }

  /// What goes into `__type`.
  String type() {
    return type;
  }

  /// The type as a batch names it.
  String code() {
    String name = type.substring(type.indexOf('#') + 1).replaceFirst("Exception$", "");
    return name.equals("Validation") ? "ValidationError" : name;
  }

  /// The words; may be empty.
  String words() {
    return String.valueOf(getMessage());
  }

  /// Why each action of a transaction was not carried out; none for other refusals.
  List<TransactOutcome.Reason> reasons() {
    return reasons;
  }

  /// The item that goes with a failed condition, if one does.
  @Nullable StoredItem item() {
    return item;
  }
}
