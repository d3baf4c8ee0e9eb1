package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.CloudFault;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.doors.aws.Authenticator.Verdict;
import cloud.bevy.foundation.base.Fault;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Handler;
import cloud.bevy.hyper.store.StoreFault;
import cloud.bevy.services.buckets.EventTarget;
import java.io.IOException;
import java.util.Optional;

/// Answers S3's requests: finds out who asks for what, has the [S3Operation] carried out, and turns
/// what goes wrong into S3's errors.
public final class S3Door implements Handler {
  private static final String SERVICE = "s3";
  private static final String UNKNOWN = "unknown";
  private static final String CONTENT_HASH = "x-amz-content-sha256";
  private static final PayloadKind UNSIGNED = new PayloadKind.Unsigned();

  private final World world;
  private final Clouds clouds;
  private final String first;
  private final Authenticator authenticator;
  private final Cors cors;
  private final S3Router router;
  private final OperationCount count;

  /// Who is told of what is done.
  ///
  /// @param functions that can be told of what happens in buckets
  /// @param count of what the door is asked for
  public record Listeners(EventTarget functions, OperationCount count) {}

  /// A door to the buckets of all clouds of this machine.
  ///
  /// @param first the name of the cloud that requests are for which are not signed
  public S3Door(World world, Clouds clouds, String first, Listeners listeners) {
    this.count = listeners.count();
    this.router = new S3Router(listeners.functions());
    this.world = world;
    this.clouds = clouds;
    this.first = first;
    this.authenticator = new Authenticator(world.time(), SERVICE);
    this.cors = new Cors(exchange -> BucketLease.find(clouds, first, exchange));
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.responseHeaders().set("x-amz-request-id", exchange.requestId());
    var _ =
        answered(
            exchange,
            () -> {
              if (!cors.answers(exchange)) {
                answer(exchange);
              }
            });
  }

  /// Answers a request.
  @FunctionalInterface
  private interface Answering {
    void run() throws IOException;
  }

  /// Answers, with an error where it comes to that.
  ///
  /// @return the error
  private Optional<S3Error> answered(Exchange exchange, Answering answering) throws IOException {
    S3Exception refusal;
    try {
      answering.run();
      return Optional.empty();
    } catch (S3Exception refused) {
      refusal = refused;
    } catch (CloudFault fault) {
      refusal = refusal(fault.kind() == CloudFault.Kind.DISK_FULL, fault);
    } catch (StoreFault fault) {
      refusal = refusal(fault.kind() == StoreFault.Kind.DISK_FULL, fault);
    } catch (Fault fault) {
      refusal = internal(exchange, fault);
    }
    S3ErrorAnswer.send(exchange, refusal);
    return Optional.of(refusal.error());
  }

  private void answer(Exchange exchange) throws IOException {
    QueryString query =
        QueryString.read(exchange.query()).orElseThrow(S3Error.INVALID_URI::refused);
    if (PostForm.isIn(exchange) && exchange.query().isEmpty()) {
      answerForm(exchange, query);
      return;
    }
    SignedRequest request = SignedRequest.of(exchange, query);
    Optional<SignatureV2> old = SignatureV2.read(request);
    if (old.isPresent()) {
      try (Lease lease = lease(old.get().accessKeyId())) {
        answer(exchange, query, lease, () -> admit(request, old.get(), lease));
      }
      return;
    }
    Optional<SignatureClaim> signed = claim(request);
    if (signed.isEmpty()) {
      try (Lease lease = clouds.open(first).orElseThrow(S3Error.ACCESS_DENIED::refused)) {
        answer(exchange, query, lease, () -> admit(request, lease));
      }
      return;
    }
    SignatureClaim claim = signed.get();
    try (Lease lease = lease(claim.credential().accessKeyId())) {
      answer(exchange, query, lease, () -> admit(request, claim, lease));
    }
  }

  /// Lets somebody in.
  @FunctionalInterface
  private interface Admitting {
    Admission run() throws S3Exception;
  }

  /// Answers a request, also where its caller is not let in, and logs that where accesses to its
  /// bucket are logged.
  private void answer(Exchange exchange, QueryString query, Lease lease, Admitting admitting)
      throws IOException {
    S3Target target = target(exchange);
    Admission admission = nobody(lease, UNSIGNED);
    Optional<S3Exception> refusal = Optional.empty();
    try {
      admission = admitting.run();
    } catch (S3Exception refused) {
      refusal = Optional.of(refused);
    }
    S3Call call = new S3Call(exchange, target, query, admission);
    Optional<S3Route> route = router.route(call);
    Optional<S3Exception> refused = refusal;
    logged(
        call,
        route.map(S3Route::operation),
        () -> {
          if (refused.isPresent()) {
            throw refused.get();
          }
          UnsupportedHeaders.refuse(call.headers());
          carryOut(call, router.operation(route));
        });
  }

  /// Answers a request, counts it, and logs it where accesses to its bucket are logged.
  ///
  /// @param operation its name; nothing where it is for none
  private void logged(S3Call call, Optional<String> operation, Answering answering)
      throws IOException {
    AccessTrail trail = AccessTrail.begin(call);
    Optional<S3Error> error = Optional.empty();
    try {
      error = answered(call.exchange(), answering);
    } finally {
      count.answered(operation.orElse(UNKNOWN), call.exchange().status());
      trail.end(() -> AccessNames.of(call, operation), error);
    }
  }

  private static void carryOut(S3Call call, S3Operation operation) throws IOException {
    if (call.isPast()) {
      PastName.check(operation.name());
    }
    call.access().operation(operation.name());
    call.cause(operation).run(() -> operation.answer(call));
  }

  /// A form brings its signature, and that of who may upload what, in its fields. Whoever brings
  /// neither is let in as nobody.
  private void answerForm(Exchange exchange, QueryString query) throws IOException {
    S3Target target = target(exchange);
    if (target.level() != S3Target.Level.BUCKET) {
      throw S3Error.METHOD_NOT_ALLOWED.refused();
    }
    PostForm form = PostForm.read(exchange);
    String key = form.required("key");
    if (key.isEmpty()) {
      throw S3Error.INVALID_ARGUMENT.refused("User key must have a length greater than 0.");
    }
    S3Target object = new S3Target(target.bucket(), Optional.of(key));
    if (form.field("policy").isEmpty() && !PostSignature.isIn(form)) {
      try (Lease lease = clouds.open(first).orElseThrow(S3Error.ACCESS_DENIED::refused)) {
        PostExchange put = PostExchange.of(exchange, form, new MeasuredBody(form.file()));
        post(put, object, query, admit(lease, Caller.ANONYMOUS));
      }
      return;
    }
    PostSignature signature = PostSignature.read(form);
    try (Lease lease = lease(signature.accessKeyId())) {
      AccessKey signer = key(lease, signature.accessKeyId());
      String policy = form.field("policy").orElseThrow(S3Error.ACCESS_DENIED::refused);
      if (!signature.verifies(policy, signer.secret())) {
        throw S3Error.SIGNATURE_DOES_NOT_MATCH.refused();
      }
      PostPolicy allowed = PostPolicy.read(policy);
      allowed.check(form, target.bucket().orElseThrow(), world.time().now());
      PostExchange put = PostExchange.of(exchange, form, new MeasuredBody(form.file(), allowed));
      post(put, object, query, admit(lease, Caller.of(lease.cloud(), signer)));
    }
  }

  private static Admission admit(Lease lease, Caller caller) {
    return new Admission(lease.cloud(), new PayloadKind.File(), Optional.empty(), caller);
  }

  private void post(PostExchange put, S3Target object, QueryString query, Admission admission)
      throws IOException {
    S3Call call = new S3Call(put, object, query, admission);
    PostObject operation = new PostObject();
    logged(
        call,
        Optional.of(operation.name()),
        () -> {
          UnsupportedHeaders.refuse(put.requestHeaders());
          carryOut(call, operation);
        });
  }

  private static S3Target target(Exchange exchange) throws S3Exception {
    String host = exchange.requestHeaders().first("Host").orElse("");
    return S3Target.read(host, exchange.path()).orElseThrow(S3Error.INVALID_URI::refused);
  }

  /// What a request claims to be signed with; nothing where it claims nothing.
  private Optional<SignatureClaim> claim(SignedRequest request) throws S3Exception {
    Optional<SignatureClaim> claim =
        switch (SignatureClaim.read(request)) {
          case SignatureClaim.Reading.Claimed(SignatureClaim read) -> Optional.of(read);
          case SignatureClaim.Reading.Unsigned() -> Optional.empty();
          case SignatureClaim.Reading.Unreadable(Refusal refusal) -> throw refused(refusal);
        };
    Optional<Refusal> refusal = claim.flatMap(each -> authenticator.check(request, each));
    if (refusal.isPresent()) {
      throw refused(refusal.get());
    }
    return claim;
  }

  private Lease lease(String accessKeyId) throws S3Exception {
    return clouds.openFor(accessKeyId).orElseThrow(() -> unknown(accessKeyId));
  }

  private Admission admit(SignedRequest request, SignatureClaim claim, Lease lease)
      throws S3Exception {
    AccessKey key = key(lease, claim.credential().accessKeyId());
    String payload = payload(request, claim);
    PayloadKind kind = kind(payload);
    return switch (authenticator.verify(request, claim, key.secret(), payload)) {
      case Verdict.Accepted(var context) -> {
        if (claim.presigned()) {
          PresignedHeaders.add(request);
        }
        Caller caller = Caller.of(lease.cloud(), key);
        yield new Admission(lease.cloud(), kind, Optional.of(context), caller);
      }
      case Verdict.Refused(Refusal refusal) ->
          throw refusal.kind() == Refusal.Kind.MISMATCH
              ? SignatureMismatch.of(request, claim, payload)
              : refused(refusal);
    };
  }

  private Admission admit(SignedRequest request, SignatureV2 old, Lease lease) throws S3Exception {
    String host = request.headers().first("Host").orElse("");
    Optional<String> bucket = S3Target.bucketOf(host);
    AccessKey key = key(lease, old.accessKeyId());
    Optional<Refusal> refusal = old.check(request, bucket, key.secret(), world.time().now());
    if (refusal.isPresent()) {
      throw refused(refusal.get());
    }
    PayloadKind kind =
        request.headers().first(CONTENT_HASH).flatMap(PayloadKind::read).orElse(UNSIGNED);
    if (kind instanceof PayloadKind.Chunked(boolean signed, boolean trailer) && signed) {
      throw S3Error.INVALID_REQUEST.refused("Version 2 of the signature signs no chunks.");
    }
    return new Admission(lease.cloud(), kind, Optional.empty(), Caller.of(lease.cloud(), key));
  }

  private static Admission nobody(Lease lease, PayloadKind kind) {
    return new Admission(lease.cloud(), kind, Optional.empty(), Caller.ANONYMOUS);
  }

  /// Whoever does not sign is let in as nobody.
  private static Admission admit(SignedRequest request, Lease lease) throws S3Exception {
    PayloadKind kind = kind(request.headers().first(CONTENT_HASH).orElse("UNSIGNED-PAYLOAD"));
    if (kind instanceof PayloadKind.Chunked(boolean signed, boolean trailer) && signed) {
      throw S3Error.ACCESS_DENIED.refused();
    }
    return nobody(lease, kind);
  }

  private static PayloadKind kind(String payload) throws S3Exception {
    return PayloadKind.read(payload)
        .orElseThrow(() ->
            S3Error.INVALID_ARGUMENT
                .refused(
                    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, a STREAMING- value, or a valid"
                        + " sha256 value.")
                .about(CONTENT_HASH, payload));
  }

  private static AccessKey key(Lease lease, String id) throws S3Exception {
    return lease.cloud().accessKey(id).orElseThrow(() -> unknown(id));
  }

  private static S3Exception unknown(String accessKeyId) {
    return S3Error.INVALID_ACCESS_KEY_ID.refused().with("AWSAccessKeyId", accessKeyId);
  }

  /// A presigned URL covers no body unless it says so.
  private static String payload(SignedRequest request, SignatureClaim claim) throws S3Exception {
    Optional<String> inHeader = request.headers().first(CONTENT_HASH);
    if (claim.presigned()) {
      return request
          .query()
          .first("X-Amz-Content-Sha256")
          .or(() -> inHeader)
          .orElse("UNSIGNED-PAYLOAD");
    }
    return inHeader.orElseThrow(() ->
        S3Error.INVALID_REQUEST.refused(
            "Missing required header for this request: x-amz-content-sha256"));
  }

  private static S3Exception refused(Refusal refusal) {
    String detail = refusal.detail();
    return switch (refusal.kind()) {
      case MALFORMED_HEADER ->
          S3Error.AUTHORIZATION_HEADER_MALFORMED.refused(
              "The authorization header is malformed; " + detail + ".");
      case MALFORMED_QUERY -> S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR.refused(detail);
      case WRONG_SERVICE ->
          S3Error.AUTHORIZATION_HEADER_MALFORMED.refused(
              "The authorization header is malformed; the service is wrong; " + detail + ".");
      case OLD_VERSION ->
          S3Error.INVALID_REQUEST.refused(
              "The authorization mechanism you have provided is not supported. Please use"
                  + " AWS4-HMAC-SHA256.");
      case UNKNOWN_TYPE ->
          S3Error.INVALID_ARGUMENT
              .refused("Unsupported Authorization Type")
              .about(SignatureClaim.AUTHORIZATION, detail);
      case ONE_WORD ->
          S3Error.INVALID_ARGUMENT
              .refused("Authorization header is invalid -- one and only one ' ' (space) required")
              .about(SignatureClaim.AUTHORIZATION, detail);
      case SEVERAL -> S3Error.INVALID_ARGUMENT.refused("Only one auth mechanism allowed");
      case NO_DATE ->
          S3Error.ACCESS_DENIED.refused(
              "AWS authentication requires a valid Date or x-amz-date header");
      case FOREIGN_TOKEN -> S3Error.INVALID_TOKEN.refused();
      case UNKNOWN_KEY -> S3Error.INVALID_ACCESS_KEY_ID.refused();
      case MISMATCH -> S3Error.SIGNATURE_DOES_NOT_MATCH.refused();
      case SKEWED -> S3Error.REQUEST_TIME_TOO_SKEWED.refused();
      case EXPIRED -> S3Error.ACCESS_DENIED.refused("Request has expired");
      case NOT_YET_VALID -> S3Error.ACCESS_DENIED.refused("Request is not yet valid");
      case UNSIGNED_HEADER ->
          S3Error.ACCESS_DENIED
              .refused("There were headers present in the request which were not signed")
              .with("HeadersNotSigned", detail);
    };
  }

  /// What a caller can do about a write that was not done.
  private S3Exception refusal(boolean full, Fault fault) {
    if (full) {
      return S3Error.SERVICE_UNAVAILABLE.refused(
          "The disk is full. Reads go on; free some space to write.");
    }
    world.log().warning("an S3 request was not carried out: " + Fault.describe(fault));
    return S3Error.SERVICE_UNAVAILABLE.refused();
  }

  private S3Exception internal(Exchange exchange, Fault fault) {
    world.log().error("S3 request " + exchange.requestId() + ": " + Fault.describe(fault));
    return S3Error.INTERNAL_ERROR.refused();
  }
}
