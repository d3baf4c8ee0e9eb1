package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.Exchange;
import java.util.Optional;
import java.util.Set;

/// Finds out which cloud a DynamoDB request is for, and whether it was signed with one of that
/// cloud's keys.
final class DynamoAuthentication {
  /// What a key may do that only reads. Each statement of PartiQL is looked at where it is run.
  private static final Set<String> READING =
      Set.of(
          "BatchExecuteStatement",
          "BatchGetItem",
          "DescribeBackup",
          "DescribeContinuousBackups",
          "DescribeContributorInsights",
          "DescribeEndpoints",
          "DescribeExport",
          "DescribeImport",
          "DescribeKinesisStreamingDestination",
          "DescribeLimits",
          "DescribeStream",
          "DescribeTable",
          "DescribeTableReplicaAutoScaling",
          "DescribeTimeToLive",
          "ExecuteStatement",
          "ExecuteTransaction",
          "GetItem",
          "GetRecords",
          "GetResourcePolicy",
          "GetShardIterator",
          "ListBackups",
          "ListContributorInsights",
          "ListExports",
          "ListGlobalTables",
          "ListImports",
          "ListStreams",
          "ListTables",
          "ListTagsOfResource",
          "Query",
          "Scan",
          "SearchItems",
          "TransactGetItems");

  private final Clouds clouds;
  private final Authenticator authenticator;

  DynamoAuthentication(World world, Clouds clouds) {
    this.clouds = clouds;
    authenticator = new Authenticator(world.time(), "dynamodb");
  }

  /// A caller who is who they say.
  ///
  /// @param lease on their cloud, to be closed
  /// @param limits of the key they have
  /// @param region that they believe to be in
  record Caller(Lease lease, AccessKeyLimits limits, String region) implements AutoCloseable {
    /// Refuses what their key is not for. Tables are the cloud's, so no user has any, and no key
    /// for some objects is for them.
    void check(DynamoOperation operation) {
      boolean reading = READING.contains(operation.getClass().getSimpleName());
      if (!limits.forAllServices() || (limits.readOnly() && !reading)) {
        throw DynamoRefusal.accessDenied();
      }
    }

    @Override
    public void close() {
      lease.close();
    }
  }

  /// The caller of a request with this body.
  ///
  /// @throws DynamoRefusal if the request is not signed, or not well
  Caller authenticate(Exchange exchange, byte[] body) {
    QueryString query =
        QueryString.read(exchange.query())
            .orElseThrow(() -> DynamoRefusal.of(new Refusal(Refusal.Kind.MALFORMED_QUERY, "")));
    SignedRequest request = SignedRequest.of(exchange, query);
    return switch (SignatureClaim.read(request)) {
      case SignatureClaim.Reading.Claimed(SignatureClaim claim) -> verify(request, claim, body);
      case SignatureClaim.Reading.Unsigned() -> throw DynamoRefusal.unsigned();
      case SignatureClaim.Reading.Unreadable(Refusal refusal) -> throw DynamoRefusal.of(refusal);
    };
  }

  private Caller verify(SignedRequest request, SignatureClaim claim, byte[] body) {
    Optional<Refusal> refusal = authenticator.check(request, claim);
    if (refusal.isPresent()) {
      throw DynamoRefusal.of(refusal.get());
    }
    String id = claim.credential().accessKeyId();
    Lease lease = clouds.openFor(id).orElseThrow(DynamoAuthentication::unknownKey);
    boolean accepted = false;
    try {
      AccessKey key = lease.cloud().accessKey(id).orElseThrow(DynamoAuthentication::unknownKey);
      String hash = SignatureV4.sha256Hex(body);
      if (authenticator.verify(request, claim, key.secret(), hash)
          instanceof Authenticator.Verdict.Refused(Refusal refused)) {
        throw DynamoRefusal.of(refused);
      }
      accepted = true;
      return new Caller(lease, key.limits(), claim.credential().scope().region());
    } finally {
      if (!accepted) {
        lease.close();
      }
    }
  }

  private static DynamoRefusal unknownKey() {
    return DynamoRefusal.of(new Refusal(Refusal.Kind.UNKNOWN_KEY, ""));
  }
}
