package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.buckets.AccessLogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.LoggingEnabled;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A bucket and the one in which its accesses are logged, for tests.
record LoggedBucket(S3TestServer server, String name, String target) {
  static final int FIELDS = 27;

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern FIELD = Pattern.compile("\\[[^\\]]*\\]|\"[^\"]*\"|\\S+");

  /// Both of them new, with a policy that lets logs in; keys begin with `log/`.
  static LoggedBucket on(S3TestServer server) {
    return on(server, any -> {});
  }

  static LoggedBucket on(S3TestServer server, Consumer<LoggingEnabled.Builder> more) {
    LoggedBucket bucket = new LoggedBucket(server, server.bucket(), server.bucket());
    letIn(server, bucket.target());
    bucket.log(more);
    return bucket;
  }

  /// Lets log objects into a bucket.
  static void letIn(S3TestServer server, String target) {
    String policy =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
         "Principal": {"Service": "logging.s3.amazonaws.com"}, "Action": "s3:PutObject",
         "Resource": "arn:aws:s3:::%s/*",
         "Condition": {"StringEquals": {"aws:SourceAccount": "%s"}}}]}
        """
            .formatted(target, server.account("").id());
    server.client().putBucketPolicy(r -> r.bucket(target).policy(policy));
  }

  /// Has accesses logged.
  void log(Consumer<LoggingEnabled.Builder> more) {
    LoggingEnabled.Builder logging =
        LoggingEnabled.builder().targetBucket(target).targetPrefix("log/");
    more.accept(logging);
    server
        .client()
        .putBucketLogging(
            r -> r.bucket(name).bucketLoggingStatus(s -> s.loggingEnabled(logging.build())));
  }

  /// The keys of the log objects.
  List<String> keys() {
    return server.client().listObjectsV2(r -> r.bucket(target)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  /// The fields of the line that is about an operation, once it is there: that a request was
  /// answered does not mean that it was noted down.
  List<String> line(String operation) {
    return line(operation, any -> true);
  }

  List<String> line(String operation, Predicate<List<String>> more) {
    long begun = server.world().time().nanos();
    while (server.world().time().nanos() - begun < PATIENCE.toNanos()) {
      for (List<String> line : lines()) {
        if (line.get(6).equals(operation) && more.test(line)) {
          return line;
        }
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("nothing about " + operation + " in " + lines());
  }

  /// The fields of all lines.
  List<List<String>> lines() {
    try (Lease lease = server.clouds().open("home").orElseThrow()) {
      AccessLogs.in(lease.cloud()).deliver();
    }
    List<List<String>> lines = new ArrayList<>();
    for (String key : keys()) {
      server
          .client()
          .getObjectAsBytes(r -> r.bucket(target).key(key))
          .asUtf8String()
          .lines()
          .map(line -> FIELD.matcher(line).results().map(MatchResult::group).toList())
          .forEach(lines::add);
    }
    return lines;
  }
}
