package cloud.bevy.doors.aws;

import cloud.bevy.doors.aws.S3Exception.Detail;
import cloud.bevy.foundation.http.Exchange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the document of an error says of the request that it answers: which bucket is not there,
/// which key, which upload. Who refuses a request may have said more, or something else.
final class ErrorDetails {
  private final Exchange exchange;
  private final Optional<S3Target> target;

  private ErrorDetails(Exchange exchange) {
    String host = exchange.requestHeaders().first("Host").orElse("");
    this.exchange = exchange;
    this.target = S3Target.read(host, exchange.path());
  }

  /// The details of an error.
  static List<Detail> of(Exchange exchange, S3Exception refused) {
    return refused.details().isEmpty()
        ? new ErrorDetails(exchange).of(refused.error())
        : refused.details();
  }

  private List<Detail> of(S3Error error) {
    return switch (error) {
      case BUCKET_ALREADY_EXISTS,
          BUCKET_ALREADY_OWNED_BY_YOU,
          BUCKET_NOT_EMPTY,
          INVALID_BUCKET_NAME,
          NO_SUCH_BUCKET,
          NO_SUCH_BUCKET_POLICY,
          NO_SUCH_CORS_CONFIGURATION,
          NO_SUCH_LIFECYCLE_CONFIGURATION,
          NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION,
          NO_SUCH_TAG_SET,
          NO_SUCH_WEBSITE_CONFIGURATION,
          OBJECT_LOCK_CONFIGURATION_NOT_FOUND,
          OWNERSHIP_CONTROLS_NOT_FOUND,
          REPLICATION_CONFIGURATION_NOT_FOUND,
          SERVER_SIDE_ENCRYPTION_CONFIGURATION_NOT_FOUND ->
          list(detail("BucketName", target.flatMap(S3Target::bucket)));
      case NO_SUCH_KEY -> list(key());
      case NO_SUCH_VERSION -> list(key(), parameter("VersionId", VersionIds.PARAMETER));
      case NO_SUCH_UPLOAD, INVALID_PART_ORDER -> list(parameter("UploadId", "uploadId"));
      case INVALID_DIGEST -> list(header("Content-MD5", "Content-MD5"));
      case INVALID_STORAGE_CLASS ->
          list(header("StorageClassRequested", ObjectHeaders.STORAGE_CLASS));
      case PRECONDITION_FAILED -> list(condition());
      case CONDITIONAL_REQUEST_CONFLICT -> list(condition(), key());
      case METHOD_NOT_ALLOWED ->
          List.of(
              new Detail("Method", exchange.method()),
              new Detail("ResourceType", target.map(it -> it.level().name()).orElse("SERVICE")));
      default -> List.of();
    };
  }

  /// The condition of a request that writes: it has but one.
  private Optional<Detail> condition() {
    return Stream.of("If-None-Match", "If-Match")
        .filter(exchange.requestHeaders()::has)
        .findFirst()
        .map(name -> new Detail("Condition", name));
  }

  private Optional<Detail> key() {
    return detail("Key", target.flatMap(S3Target::key));
  }

  private Optional<Detail> parameter(String name, String parameter) {
    return detail(
        name, QueryString.read(exchange.query()).flatMap(query -> query.first(parameter)));
  }

  private Optional<Detail> header(String name, String header) {
    return detail(name, exchange.requestHeaders().first(header));
  }

  private static Optional<Detail> detail(String name, Optional<String> value) {
    return value.map(text -> new Detail(name, text));
  }

  private static List<Detail> list(Optional<Detail> detail) {
    return detail.stream().toList();
  }

  private static List<Detail> list(Optional<Detail> first, Optional<Detail> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
