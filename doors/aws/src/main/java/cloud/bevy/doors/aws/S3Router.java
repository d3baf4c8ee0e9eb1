package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.EventTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the operation that a request is for.
final class S3Router {
  private static final List<S3Operation> IMPLEMENTED =
      List.of(
          new AbortMultipartUpload(),
          new CompleteMultipartUpload(),
          new CopyObject(),
          new CreateBucket(),
          new CreateMultipartUpload(),
          new DeleteBucket(),
          new DeleteBucketCors(),
          new DeleteBucketEncryption(),
          new DeleteBucketLifecycle(),
          new DeleteBucketOwnershipControls(),
          new DeleteBucketPolicy(),
          new DeleteBucketReplication(),
          new DeleteBucketTagging(),
          new DeleteBucketWebsite(),
          new DeleteObject(),
          new DeleteObjectTagging(),
          new DeleteObjects(),
          new DeletePublicAccessBlock(),
          new GetBucketAccelerateConfiguration(),
          new GetBucketAcl(),
          new GetBucketCors(),
          new GetBucketEncryption(),
          new GetBucketLifecycleConfiguration(),
          new GetBucketLocation(),
          new GetBucketLogging(),
          new GetBucketNotificationConfiguration(),
          new GetBucketOwnershipControls(),
          new GetBucketPolicy(),
          new GetBucketPolicyStatus(),
          new GetBucketReplication(),
          new GetBucketRequestPayment(),
          new GetBucketTagging(),
          new GetBucketVersioning(),
          new GetBucketWebsite(),
          new GetObject(),
          new GetObjectAcl(),
          new GetObjectAttributes(),
          new GetObjectLegalHold(),
          new GetObjectLockConfiguration(),
          new GetObjectRetention(),
          new GetObjectTagging(),
          new GetPublicAccessBlock(),
          new HeadBucket(),
          new HeadObject(),
          new ListBuckets(),
          new ListMultipartUploads(),
          new ListObjectVersions(),
          new ListObjects(),
          new ListObjectsV2(),
          new ListParts(),
          new PostObject(),
          new PutBucketAccelerateConfiguration(),
          new PutBucketAcl(),
          new PutBucketCors(),
          new PutBucketEncryption(),
          new PutBucketLifecycleConfiguration(),
          new PutBucketLogging(),
          new PutBucketOwnershipControls(),
          new PutBucketPolicy(),
          new PutBucketRequestPayment(),
          new PutBucketTagging(),
          new PutBucketVersioning(),
          new PutBucketWebsite(),
          new PutObject(),
          new PutObjectAcl(),
          new PutObjectLegalHold(),
          new PutObjectLockConfiguration(),
          new PutObjectRetention(),
          new PutObjectTagging(),
          new PutPublicAccessBlock(),
          new UploadPart(),
          new UploadPartCopy());

  private static final Map<Shape, List<S3Route>> ROUTES =
      S3Routes.ALL.stream()
          .collect(Collectors.groupingBy(route -> new Shape(route.method(), route.level())));

  /// What is known of a request before its parameters are looked at.
  private record Shape(String method, S3Target.Level level) {}

  private final Map<String, S3Operation> byName;

  /// @param target the functions that can be told of what happens in buckets
  S3Router(EventTarget target) {
    this.byName =
        Stream.concat(
                IMPLEMENTED.stream(), Stream.of(new PutBucketNotificationConfiguration(target)))
            .collect(Collectors.toMap(S3Operation::name, Function.identity()));
  }

  /// The names of the operations that are carried out.
  Set<String> implemented() {
    return byName.keySet();
  }

  /// Which of S3's operations a request is for, if it is for one.
  Optional<S3Route> route(S3Call call) {
    Shape shape = new Shape(call.exchange().method(), call.target().level());
    return ROUTES.getOrDefault(shape, List.of()).stream()
        .filter(route -> route.takes(call.query(), call.headers()))
        .findFirst();
  }

  /// The operation of a route.
  ///
  /// @throws S3Exception where there is none, or where it is not carried out here
  S3Operation operation(Optional<S3Route> route) throws S3Exception {
    String name = route.orElseThrow(S3Error.METHOD_NOT_ALLOWED::refused).operation();
    S3Operation operation = byName.get(name);
    if (operation == null) {
      throw S3Error.NOT_IMPLEMENTED.refused(name + " is not implemented.");
    }
    return operation;
  }
}
