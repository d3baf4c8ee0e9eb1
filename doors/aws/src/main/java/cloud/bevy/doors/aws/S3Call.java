package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Headers;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.BucketView;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.Cause;
import cloud.bevy.services.buckets.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A request that was signed right, on its way through an [S3Operation].
final class S3Call {
  private static final int LONGEST_DOCUMENT = 8 << 20;

  private final Exchange exchange;
  private final S3Target target;
  private final QueryString query;
  private final Admission admission;
  private final Optional<PastName> past;
  private final AccessNotes notes = new AccessNotes();
  private Optional<Bucket> found = Optional.empty();

  /// @throws S3Exception where the bucket's name has a point in time that is none
  S3Call(Exchange exchange, S3Target target, QueryString query, Admission admission)
      throws S3Exception {
    Optional<String> name = target.bucket();
    this.past = name.isPresent() ? PastName.read(name.get()) : Optional.empty();
    this.exchange = exchange;
    this.target = target;
    this.query = query;
    this.admission = admission;
  }

  Exchange exchange() {
    return exchange;
  }

  QueryString query() {
    return query;
  }

  Headers headers() {
    return exchange.requestHeaders();
  }

  Optional<String> header(String name) {
    return exchange.requestHeaders().first(name);
  }

  Cloud cloud() {
    return admission.cloud();
  }

  /// The region that the request is signed for; nothing where its signature names none.
  Optional<String> signedRegion() {
    return admission.signing().map(signing -> signing.scope().region());
  }

  Buckets buckets() {
    return Buckets.in(admission.cloud());
  }

  /// Who makes the request.
  Caller caller() {
    return admission.caller();
  }

  /// What those are told who are told of changes.
  Cause cause(S3Operation operation) {
    Cause.Act act =
        switch (operation) {
          case CopyObject _ -> Cause.Act.COPY;
          case PostObject _ -> Cause.Act.POST;
          default -> Cause.Act.PUT;
        };
    return new Cause(
        act,
        caller().account().map(Account::id).orElse("anonymous"),
        exchange.remote().getAddress().getHostAddress(),
        exchange.requestId());
  }

  /// Whether the caller may do it.
  AccessCheck access() {
    return new AccessCheck(this);
  }

  /// What is noted down for the log of its accesses.
  AccessNotes notes() {
    return notes;
  }

  S3Target target() {
    return target;
  }

  /// The bucket's name as it stands in the request.
  String bucketText() {
    return target.bucket().orElseThrow();
  }

  /// The bucket's name.
  BucketName bucketName() throws S3Exception {
    return bucketName(bucketText());
  }

  /// A bucket's name.
  BucketName bucketName(String text) throws S3Exception {
    return BucketName.of(text).orElseThrow(S3Error.INVALID_BUCKET_NAME::refused);
  }

  /// The bucket.
  Bucket bucket() throws S3Exception {
    return findBucket().orElseThrow(S3Error.NO_SUCH_BUCKET::refused);
  }

  /// Whether it is about the bucket as it was.
  boolean isPast() {
    return past.isPresent();
  }

  /// The bucket, as it is or as it was.
  BucketView view() throws S3Exception {
    Bucket bucket = bucket();
    return past.isPresent() ? past.get().in(bucket) : bucket;
  }

  /// The bucket, if there is one. It is looked for until it is found once.
  Optional<Bucket> findBucket() {
    if (found.isEmpty()) {
      Optional<String> name = past.map(PastName::bucket).or(target::bucket);
      found = name.flatMap(BucketName::of).flatMap(buckets()::find);
    }
    return found;
  }

  /// A bucket of the same cloud. No bucket has a name that is not a bucket's.
  Bucket bucket(String name) throws S3Exception {
    return BucketName.of(name)
        .flatMap(buckets()::find)
        .orElseThrow(() -> S3Error.NO_SUCH_BUCKET.refused().with("BucketName", name));
  }

  /// The object's key.
  ObjectKey key() throws S3Exception {
    return key(target.key().orElseThrow());
  }

  /// An object's key.
  ObjectKey key(String text) throws S3Exception {
    return ObjectKey.of(text).orElseThrow(S3Error.KEY_TOO_LONG::refused);
  }

  /// The body, decoded.
  RequestBody body() throws S3Exception {
    return BodyReader.open(exchange, admission.payload(), admission.signing());
  }

  /// The body as an XML document with a root of that name; its MD5 is checked where it is given.
  XmlElement document(String root) throws IOException {
    byte[] bytes = smallBody();
    if (bytes.length == 0) {
      throw S3Error.MISSING_REQUEST_BODY.refused();
    }
    return XmlElement.read(bytes)
        .filter(element -> element.name().equals(root))
        .orElseThrow(S3Error.MALFORMED_XML::refused);
  }

  /// The whole body of a request that carries a document.
  byte[] smallBody() throws IOException {
    RequestBody body = body();
    byte[] bytes = bytes(body);
    ChecksumHeaders.verify(this, body, bytes);
    return bytes;
  }

  /// The body as [#document] of a request whose checksum headers are about something else.
  XmlElement documentWithoutChecksum(String root) throws IOException {
    return XmlElement.read(bytes(body()))
        .filter(element -> element.name().equals(root))
        .orElseThrow(S3Error.MALFORMED_XML::refused);
  }

  private static byte[] bytes(RequestBody body) throws IOException {
    if (body.length() > LONGEST_DOCUMENT) {
      throw S3Error.MALFORMED_XML.refused("The document is too long.");
    }
    byte[] bytes = body.stream().readNBytes(LONGEST_DOCUMENT);
    if (body.stream().read() >= 0 || bytes.length != body.length()) {
      throw S3Error.INCOMPLETE_BODY.refused();
    }
    return bytes;
  }

  /// What `Content-MD5` says.
  Optional<byte[]> contentMd5() throws S3Exception {
    Optional<String> text = header("Content-MD5");
    return text.isEmpty() ? Optional.empty() : Optional.of(md5(text.get()));
  }

  /// A parameter that is a number from 0 to `most`.
  int number(String parameter, int otherwise, int most) throws S3Exception {
    Optional<String> text = query.first(parameter).filter(value -> !value.isEmpty());
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.get().matches("[0-9]{1,9}")) {
      throw S3Error.INVALID_ARGUMENT
          .refused("Provided " + parameter + " not an integer or within integer range")
          .about(parameter, text.get());
    }
    return Math.min(Integer.parseInt(text.get()), most);
  }

  /// Answers with a document.
  void send(XmlWriter document) throws IOException {
    exchange.responseHeaders().set("Content-Type", "application/xml");
    exchange.send(document.bytes());
  }

  /// Answers without a body.
  void sendEmpty(int status) throws IOException {
    exchange.status(status).sendEmpty();
  }

  /// Adds a header to the answer; text beyond ASCII travels as UTF-8.
  void answerHeader(String name, String value) {
    boolean ascii = value.chars().allMatch(each -> each < 0x80);
    exchange.responseHeaders().set(name, ascii ? value : bytesOf(value));
  }

  private static String bytesOf(String value) {
    return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static byte[] md5(String text) throws S3Exception {
    try {
      byte[] md5 = Base64.getDecoder().decode(text);
      if (md5.length == 16) {
        return md5;
      }
    } catch (IllegalArgumentException notBase64) {
      throw S3Error.INVALID_DIGEST.refused();
    }
    throw S3Error.INVALID_DIGEST.refused();
  }
}
