package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Checksum;
import cloud.bevy.services.buckets.ChecksumAlgorithm;
import cloud.bevy.services.buckets.Content;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// `Content-MD5` and `x-amz-checksum-*`, in headers and trailers.
final class ChecksumHeaders {
  private static final String PREFIX = "x-amz-checksum-";
  private static final String SDK_ALGORITHM = "x-amz-sdk-checksum-algorithm";
  private static final Set<String> NO_VALUES = Set.of("algorithm", "type", "mode");

  private ChecksumHeaders() {}

  /// The header or element that carries an algorithm's value.
  static String header(ChecksumAlgorithm algorithm) {
    return PREFIX + algorithm.name().toLowerCase(Locale.ROOT);
  }

  /// The XML element that carries an algorithm's value.
  static String element(ChecksumAlgorithm algorithm) {
    return "Checksum" + algorithm.name();
  }

  /// The algorithm of a name as S3 writes it.
  static ChecksumAlgorithm algorithm(String name) throws S3Exception {
    return Arrays.stream(ChecksumAlgorithm.values())
        .filter(algorithm -> algorithm.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            S3Error.INVALID_REQUEST.refused(
                "Checksum algorithm provided is unsupported. Please try again with any of the"
                    + " valid types: "
                    + Arrays.toString(ChecksumAlgorithm.values())));
  }

  /// The algorithm that a request asks for.
  static Optional<ChecksumAlgorithm> asked(S3Call call) throws S3Exception {
    Optional<String> name = call.header(PREFIX + "algorithm");
    return name.isPresent() ? Optional.of(algorithm(name.get())) : Optional.empty();
  }

  /// What the request says of its body's checksum: in a header, or in a field that follows it.
  static Optional<Content.Claim> claim(S3Call call, RequestBody body) throws S3Exception {
    List<Content.Claim> claims = new ArrayList<>();
    if (Stream.concat(call.headers().names().stream(), body.announced().stream())
            .filter(ChecksumHeaders::carriesValue)
            .count()
        > 1) {
      throw S3Error.INVALID_REQUEST.refused(
          "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }
    for (String name : call.headers().names()) {
      if (carriesValue(name)) {
        Checksum given = given(name, call.header(name).orElse(""));
        claims.add(new Content.Claim(given.algorithm(), () -> Optional.of(given.value())));
      }
    }
    for (String name : body.announced()) {
      if (carriesValue(name)) {
        claims.add(
            new Content.Claim(
                named(name), () -> Optional.of(given(name, inTrailer(body, name)).value())));
      }
    }
    Optional<String> sdk = call.header(SDK_ALGORITHM);
    if (claims.isEmpty() && sdk.isPresent()) {
      throw S3Error.INVALID_REQUEST.refused(
          "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or"
              + " x-amz-trailer headers were found.");
    }
    if (sdk.isPresent() && !sdk.get().equalsIgnoreCase(claims.getFirst().algorithm().name())) {
      throw S3Error.INVALID_REQUEST.refused("Value for " + SDK_ALGORITHM + " header is invalid.");
    }
    return claims.stream().findFirst();
  }

  /// Checks a document's bytes against what the request says of them.
  static void verify(S3Call call, RequestBody body, byte[] bytes) throws java.io.IOException {
    Optional<byte[]> md5 = call.contentMd5();
    if (md5.isPresent() && !MessageDigest.isEqual(md5(bytes), md5.get())) {
      throw S3Error.BAD_DIGEST.refused();
    }
    Optional<Content.Claim> claim = claim(call, body);
    if (claim.isPresent()) {
      ChecksumAlgorithm.Digest digest = claim.get().algorithm().digest();
      digest.update(bytes, 0, bytes.length);
      byte[] given = claim.get().value().get().orElseThrow();
      if (!MessageDigest.isEqual(digest.value(), given)) {
        throw mismatch(claim.get().algorithm().name());
      }
    }
  }

  /// The checksum that a header says the finished object has, of any algorithm and type.
  static Optional<Checksum> finished(S3Call call) throws S3Exception {
    for (String name : call.headers().names()) {
      if (carriesValue(name)) {
        ChecksumAlgorithm algorithm = named(name);
        return Optional.of(
            Checksum.read(algorithm, call.header(name).orElse(""))
                .orElseThrow(() -> mismatch(algorithm.name())));
      }
    }
    return Optional.empty();
  }

  /// Puts a checksum into the answer's headers.
  static void answer(S3Call call, Checksum checksum) {
    call.answerHeader(header(checksum.algorithm()), checksum.text());
    answerType(call, checksum.composite());
  }

  /// Puts what a checksum is of into the answer's headers.
  static void answerType(S3Call call, boolean composite) {
    call.answerHeader(PREFIX + "type", type(composite));
  }

  /// Puts a checksum into a document.
  static void write(XmlWriter xml, Checksum checksum) {
    xml.element(element(checksum.algorithm()), checksum.text());
  }

  /// Puts into a list by which algorithm a checksum is made, and of what.
  static void kind(XmlWriter xml, ChecksumAlgorithm algorithm, boolean composite) {
    xml.element("ChecksumAlgorithm", algorithm.name());
    xml.element("ChecksumType", type(composite));
  }

  /// How S3 calls what a checksum is of.
  static String type(boolean composite) {
    return composite ? "COMPOSITE" : "FULL_OBJECT";
  }

  /// The error for bytes that are not what their sender said.
  static S3Exception mismatch(String what) {
    return S3Error.BAD_DIGEST.refused(
        "The " + what + " you specified did not match the calculated checksum.");
  }

  private static boolean carriesValue(String name) {
    return name.startsWith(PREFIX) && !NO_VALUES.contains(name.substring(PREFIX.length()));
  }

  private static ChecksumAlgorithm named(String header) throws S3Exception {
    return Arrays.stream(ChecksumAlgorithm.values())
        .filter(algorithm -> header(algorithm).equals(header))
        .findFirst()
        .orElseThrow(() ->
            S3Error.INVALID_REQUEST.refused(
                "The algorithm type you specified in x-amz-checksum- header is invalid."));
  }

  private static Checksum given(String header, String value) throws S3Exception {
    return Checksum.read(named(header), value)
        .orElseThrow(
            () -> S3Error.INVALID_REQUEST.refused("Value for " + header + " header is invalid."));
  }

  private static String inTrailer(RequestBody body, String name) {
    return body.trailer().get().getOrDefault(name, "");
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
