package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudFault;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.foundation.base.Fault;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Handler;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.SearchRefusal;
import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.JsonBuffers;
import cloud.bevy.services.tables.NoSuchTable;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.TableBusy;
import cloud.bevy.services.tables.Tables;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;

/// The DynamoDB API, version 2012-08-10, and that of its streams: JSON over HTTP, the operation
/// named in `X-Amz-Target`.
public final class DynamoDoor implements Handler {
  private static final String TARGET = "DynamoDB_20120810.";
  private static final String STREAMS_TARGET = "DynamoDBStreams_20120810.";
  private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
  private static final String HEALTHY = "healthy: dynamodb.us-east-1.amazonaws.com ";
  private static final String NOT_DYNAMO = "<UnknownOperationException/>\n";
  private static final int NOT_FOUND = 404;

  /// For a body of a promised length so much is allocated before it has come.
  private static final int MOST_PROMISED = 64 << 10;

  private static final int OK = 200;

  /// What stands in the ARNs that code of the cloud itself sees.
  static final DynamoCall.Origin WITHIN = new DynamoCall.Origin("us-east-1", "dynamodb.localhost");

  private static final JsonFactory JSON =
      JsonFactory.builder().recyclerPool(JsonBuffers.POOL).build();

  private static final Map<String, DynamoOperation> OPERATIONS =
      Map.ofEntries(
          Map.entry("BatchExecuteStatement", new BatchExecuteStatement()),
          Map.entry("ExecuteStatement", new ExecuteStatement()),
          Map.entry("ExecuteTransaction", new ExecuteTransaction()),
          Map.entry("BatchGetItem", new BatchGetItem()),
          Map.entry("BatchWriteItem", new BatchWriteItem()),
          Map.entry("CreateBackup", new CreateBackup()),
          Map.entry("DeleteBackup", new DeleteBackup()),
          Map.entry("DescribeBackup", new DescribeBackup()),
          Map.entry("DescribeContinuousBackups", new DescribeContinuousBackups()),
          Map.entry("ListBackups", new ListBackups()),
          Map.entry("DeleteResourcePolicy", new DeleteResourcePolicy()),
          Map.entry("DescribeContributorInsights", new DescribeContributorInsights()),
          Map.entry(
              "DescribeKinesisStreamingDestination", new DescribeKinesisStreamingDestination()),
          Map.entry("GetResourcePolicy", new GetResourcePolicy()),
          Map.entry("ListContributorInsights", new ListContributorInsights()),
          Map.entry("UpdateContributorInsights", new UpdateContributorInsights()),
          Map.entry("CreateGlobalTable", UnsupportedRequest.CREATE_GLOBAL_TABLE),
          Map.entry("DescribeGlobalTable", GlobalTableRequest.of("DescribeGlobalTableInput")),
          Map.entry(
              "DescribeGlobalTableSettings",
              GlobalTableRequest.of("DescribeGlobalTableSettingsInput")),
          Map.entry("DescribeTableReplicaAutoScaling", new DescribeTableReplicaAutoScaling()),
          Map.entry(
              "DisableKinesisStreamingDestination",
              KinesisRequest.of("DisableKinesisStreamingDestinationInput")),
          Map.entry(
              "EnableKinesisStreamingDestination",
              KinesisRequest.of("EnableKinesisStreamingDestinationInput")),
          Map.entry("ListGlobalTables", new ListGlobalTables()),
          Map.entry("PutResourcePolicy", UnsupportedRequest.PUT_RESOURCE_POLICY),
          Map.entry("SearchVectors", UnsupportedRequest.SEARCH_VECTORS),
          Map.entry("UpdateGlobalTable", GlobalTableRequest.of("UpdateGlobalTableInput")),
          Map.entry(
              "UpdateGlobalTableSettings", GlobalTableRequest.of("UpdateGlobalTableSettingsInput")),
          Map.entry(
              "UpdateKinesisStreamingDestination",
              KinesisRequest.of("UpdateKinesisStreamingDestinationInput")),
          Map.entry(
              "UpdateTableReplicaAutoScaling",
              UnsupportedRequest.UPDATE_TABLE_REPLICA_AUTO_SCALING),
          Map.entry("DescribeExport", new DescribeExport()),
          Map.entry("DescribeImport", new DescribeImport()),
          Map.entry("ExportTableToPointInTime", new ExportTableToPointInTime()),
          Map.entry("ImportTable", new ImportTable()),
          Map.entry("ListExports", new ListExports()),
          Map.entry("ListImports", new ListImports()),
          Map.entry("RestoreTableFromBackup", new RestoreTableFromBackup()),
          Map.entry("RestoreTableToPointInTime", new RestoreTableToPointInTime()),
          Map.entry("UpdateContinuousBackups", new UpdateContinuousBackups()),
          Map.entry("CreateTable", new CreateTable()),
          Map.entry("DeleteItem", new DeleteItem()),
          Map.entry("DeleteTable", new DeleteTable()),
          Map.entry("DescribeEndpoints", new DescribeEndpoints()),
          Map.entry("DescribeLimits", new DescribeLimits()),
          Map.entry("DescribeTable", new DescribeTable()),
          Map.entry("GetItem", new GetItem()),
          Map.entry("ListTables", new ListTables()),
          Map.entry("PutItem", new PutItem()),
          Map.entry("Query", new Query()),
          Map.entry("Scan", new Scan()),
          Map.entry("ListTagsOfResource", new ListTagsOfResource()),
          Map.entry("TagResource", new TagResource()),
          Map.entry("TransactGetItems", new TransactGetItems()),
          Map.entry("TransactWriteItems", new TransactWriteItems()),
          Map.entry("UntagResource", new UntagResource()),
          Map.entry("DescribeTimeToLive", new DescribeTimeToLive()),
          Map.entry("UpdateTimeToLive", new UpdateTimeToLive()),
          Map.entry("UpdateItem", new UpdateItem()),
          Map.entry("UpdateTable", new UpdateTable()));

  /// The operations of Streams: for clients they are another service, at the same address.
  private static final Map<String, DynamoOperation> STREAM_OPERATIONS =
      Map.of(
          "DescribeStream", new DescribeStream(),
          "GetRecords", new GetRecords(),
          "GetShardIterator", new GetShardIterator(),
          "ListStreams", new ListStreams());

  /// What DynamoDB has not.
  private static final Map<String, DynamoOperation> OWN_OPERATIONS =
      Map.of("Search", new SearchItems());

  private final World world;
  private final DynamoAuthentication authentication;
  private final Indexes indexes;

  /// The door to the tables of all clouds of a machine, and to their indexes.
  public DynamoDoor(World world, Clouds clouds, Indexes indexes) {
    this.world = world;
    this.indexes = indexes;
    authentication = new DynamoAuthentication(world, clouds);
  }

  /// The indexes that its operation `Search` asks.
  public Indexes indexes() {
    return indexes;
  }

  /// The operations of DynamoDB that are carried out.
  static Set<String> implemented() {
    Set<String> names = new TreeSet<>(OPERATIONS.keySet());
    names.addAll(STREAM_OPERATIONS.keySet());
    return names;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.responseHeaders().set("x-amzn-RequestId", exchange.requestId());
    DynamoCors.answer(exchange);
    if (exchange.method().equals("GET") || exchange.method().equals("OPTIONS")) {
      send(exchange, HEALTHY.getBytes(StandardCharsets.US_ASCII));
    } else if (!exchange.method().equals("POST") || !isJson(exchange)) {
      exchange.status(NOT_FOUND);
      send(exchange, NOT_DYNAMO.getBytes(StandardCharsets.US_ASCII));
    } else {
      answer(exchange);
    }
  }

  private static boolean isJson(Exchange exchange) {
    String type = exchange.requestHeaders().first("Content-Type").orElse("");
    String bare = type.split(";", 2)[0].strip();
    return bare.equals(CONTENT_TYPE) || bare.equals("application/json");
  }

  private void answer(Exchange exchange) throws IOException {
    exchange.responseHeaders().set("Content-Type", CONTENT_TYPE);
    byte[] answer;
    try {
      answer = run(exchange);
    } catch (DynamoRefusal refusal) {
      exchange.status(refusal.status());
      answer = refused(refusal);
    }
    send(exchange, answer);
  }

  /// What an operation answers.
  ///
  /// @param status the HTTP status
  /// @param json the output or the error
  public record Answer(int status, byte[] json) {}

  /// Carries out an operation for code that is a cloud's own and needs no signature.
  ///
  /// @param operation its name: `PutItem`
  /// @param request its input
  public Answer call(Cloud cloud, String operation, byte[] request) {
    try {
      try {
        boolean ofStreams = STREAM_OPERATIONS.containsKey(operation);
        DynamoOperation known = operation((ofStreams ? STREAMS_TARGET : TARGET) + operation);
        return new Answer(
            OK,
            refusing(
                known, () -> run(known, request, cloud, new DynamoCall.Asking(WITHIN, false))));
      } catch (DynamoRefusal refusal) {
        return new Answer(refusal.status(), refused(refusal));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("JSON is written to memory", impossible);
    }
  }

  private byte[] run(Exchange exchange) throws IOException {
    DynamoOperation operation =
        operation(exchange.requestHeaders().first("X-Amz-Target").orElse(""));
    byte[] body = body(exchange);
    return refusing(
        operation,
        () -> {
          try (DynamoAuthentication.Caller caller = authentication.authenticate(exchange, body)) {
            caller.check(operation);
            String host = exchange.requestHeaders().first("Host").orElse("");
            DynamoCall.Origin origin = new DynamoCall.Origin(caller.region(), host);
            String coding = exchange.requestHeaders().first("Content-Encoding").orElse("");
            byte[] plain = ContentCoding.decoded(coding.strip(), body);
            DynamoCall.Asking asking = new DynamoCall.Asking(origin, caller.limits().readOnly());
            return run(operation, plain, caller.lease().cloud(), asking);
          }
        });
  }

  /// What answers an operation.
  private interface Work {
    byte[] run() throws IOException;
  }

  /// Says in DynamoDB's words what goes wrong.
  private byte[] refusing(DynamoOperation operation, Work work) throws IOException {
    try {
      return work.run();
    } catch (InvalidRequest invalid) {
      throw DynamoRefusal.validation(invalid.getMessage());
    } catch (NoSuchTable none) {
      throw operation.noTable(none.table());
    } catch (SearchRefusal refused) {
      throw SearchItems.refusal(refused);
    } catch (TableBusy busy) {
      throw operation.busy(busy.table());
    } catch (CloudFault fault) {
      throw refusal(fault);
    } catch (Fault | IllegalStateException fault) {
      world.log().error("a DynamoDB request failed: " + Fault.describe(fault));
      throw DynamoRefusal.internal("Internal server error");
    }
  }

  private static DynamoOperation operation(String target) {
    DynamoOperation operation = null;
    if (target.startsWith(TARGET)) {
      String name = target.substring(TARGET.length());
      operation = OPERATIONS.getOrDefault(name, OWN_OPERATIONS.get(name));
    } else if (target.startsWith(STREAMS_TARGET)) {
      operation = STREAM_OPERATIONS.get(target.substring(STREAMS_TARGET.length()));
    }
    if (operation == null) {
      throw DynamoRefusal.unknownOperation();
    }
    return operation;
  }

  private static byte[] body(Exchange exchange) throws IOException {
    long length = exchange.contentLength();
    if (length > ShapeReader.MAXIMUM_BYTES) {
      throw DynamoRefusal.tooLarge();
    }
    if (length >= 0 && length <= MOST_PROMISED) {
      byte[] body = new byte[(int) length];
      int count = exchange.body().readNBytes(body, 0, body.length);
      return count == body.length ? body : Arrays.copyOf(body, count);
    }
    byte[] body = exchange.body().readNBytes(ShapeReader.MAXIMUM_BYTES + 1);
    if (body.length > ShapeReader.MAXIMUM_BYTES) {
      throw DynamoRefusal.tooLarge();
    }
    return body;
  }

  private byte[] run(DynamoOperation operation, byte[] body, Cloud cloud, DynamoCall.Asking asking)
      throws IOException {
    DynamoCall.Owner owner = new DynamoCall.Owner(asking, () -> indexes.of(cloud));
    Parameters parameters = ShapeReader.read(body, operation.shape());
    ShapeCheck.check(operation.shape(), parameters);
    try (ByteArrayBuilder out = new ByteArrayBuilder()) {
      try (JsonGenerator json = JSON.createGenerator(out)) {
        operation.run(new DynamoCall(parameters, Tables.of(cloud), json, owner));
      }
      return out.toByteArray();
    }
  }

  private static DynamoRefusal refusal(CloudFault fault) {
    return switch (fault.kind()) {
      case DISK_FULL ->
          DynamoRefusal.internal("The disk of this machine is full: nothing was written");
      case BUSY, STOPPED, IN_USE ->
          DynamoRefusal.unavailable("This machine cannot write now: nothing was written");
      case TIMEOUT ->
          DynamoRefusal.internal("The disk did not answer in time: the write may or may not last");
      case DAMAGED -> DynamoRefusal.internal("Stored data is damaged and was not served");
    };
  }

  private static byte[] refused(DynamoRefusal refusal) throws IOException {
    try (ByteArrayBuilder out = new ByteArrayBuilder()) {
      try (JsonGenerator json = JSON.createGenerator(out)) {
        json.writeStartObject();
        json.writeStringField("__type", refusal.type());
        if (!refusal.reasons().isEmpty()) {
          json.writeFieldName("CancellationReasons");
          TransactAnswer.writeReasons(json, refusal.reasons());
          json.writeStringField("Message", refusal.words());
        } else if (!refusal.words().isEmpty()) {
          json.writeStringField("message", refusal.words());
        }
        StoredItem item = refusal.item();
        if (item != null) {
          json.writeFieldName("Item");
          ItemAnswer.write(json, item, null);
        }
        json.writeEndObject();
      }
      return out.toByteArray();
    }
  }

  /// Sends an answer, compressed if it is long and the caller likes that. The checksum is that of
  /// what is sent.
  private static void send(Exchange exchange, byte[] body) throws IOException {
    byte[] answer = body;
    if (body.length > ContentCoding.SHORTEST_ANSWER) {
      ContentCoding coding =
          ContentCoding.wanted(exchange.requestHeaders().first("Accept-Encoding").orElse(""));
      if (coding != null) {
        exchange.responseHeaders().set("Content-Encoding", coding.token());
        answer = coding.encoded(body);
      }
    }
    CRC32 checksum = new CRC32();
    checksum.update(answer);
    exchange.responseHeaders().set("x-amz-crc32", Long.toString(checksum.getValue()));
    exchange.send(answer);
  }
}
