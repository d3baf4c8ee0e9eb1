package cloud.bevy.doors.aws;

import cloud.bevy.doors.aws.CredentialScope.Credential;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a request says about who signed it, when and with which key; nothing of it is believed
/// before [Authenticator#verify] has checked it.
///
/// @param timestamp as it is signed: `yyyyMMdd'T'HHmmss'Z'`
/// @param lifetime how long a presigned URL may be used; nothing for a signature in the header
record SignatureClaim(
    Credential credential,
    List<String> signedHeaders,
    String signature,
    Timestamp timestamp,
    Optional<Duration> lifetime) {
  /// The header that a signature stands in.
  static final String AUTHORIZATION = "Authorization";

  private static final String DATE_HEADER = "x-amz-date";
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(7);

  SignatureClaim {
    signedHeaders = List.copyOf(signedHeaders);
  }

  /// What [#read] finds.
  sealed interface Reading {
    /// The request claims to be signed.
    record Claimed(SignatureClaim claim) implements Reading {}

    /// The request does not claim to be signed.
    record Unsigned() implements Reading {}

    /// The request says something about a signature that does not hold together.
    record Unreadable(Refusal refusal) implements Reading {}
  }

  /// A moment, and how it was written.
  record Timestamp(Instant moment, String text) {
    private static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    private static boolean isShaped(String text) {
      boolean shaped = text.length() == 16 && text.charAt(8) == 'T' && text.charAt(15) == 'Z';
      for (int at = 0; at < 15 && shaped; at++) {
        shaped = at == 8 || (text.charAt(at) >= '0' && text.charAt(at) <= '9');
      }
      return shaped;
    }

    private static int number(String text, int from, int to) {
      return Integer.parseInt(text, from, to, 10);
    }

    /// A moment that was written in another way.
    static Timestamp of(Instant moment) {
      return new Timestamp(moment, FORMAT.format(moment.atOffset(ZoneOffset.UTC)));
    }

    /// Reads `yyyyMMdd'T'HHmmss'Z'`.
    static Optional<Timestamp> read(String text) {
      if (!isShaped(text)) {
        return Optional.empty();
      }
      try {
        LocalDateTime moment =
            LocalDateTime.of(
                number(text, 0, 4),
                number(text, 4, 6),
                number(text, 6, 8),
                number(text, 9, 11),
                number(text, 11, 13),
                number(text, 13, 15));
        return Optional.of(new Timestamp(moment.toInstant(ZoneOffset.UTC), text));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }
  }

  /// The day as credential scopes have it: `yyyyMMdd`.
  String day() {
    return timestamp.text().substring(0, 8);
  }

  /// Whether it stands in the query string.
  boolean presigned() {
    return lifetime.isPresent();
  }

  /// Reads the claim from the `Authorization` header or from the query string.
  static Reading read(SignedRequest request) {
    List<String> headers = request.headers().all(AUTHORIZATION);
    boolean inQuery = request.query().has("X-Amz-Algorithm");
    if (headers.isEmpty() && !inQuery) {
      return oldSignature(request) ? refused(Refusal.Kind.OLD_VERSION) : new Reading.Unsigned();
    }
    if (headers.size() + (inQuery ? 1 : 0) > 1) {
      return refused(Refusal.Kind.SEVERAL);
    }
    try {
      return new Reading.Claimed(
          inQuery ? inQuery(request) : inHeader(request, headers.getFirst()));
    } catch (RefusedException e) {
      return new Reading.Unreadable(e.refusal());
    }
  }

  private static Reading refused(Refusal.Kind kind) {
    return new Reading.Unreadable(new Refusal(kind, ""));
  }

  /// Version 2 in the query string.
  private static boolean oldSignature(SignedRequest request) {
    return request.query().has("AWSAccessKeyId") && request.query().has("Signature");
  }

  private static SignatureClaim inHeader(SignedRequest request, String authorization)
      throws RefusedException {
    String[] words = authorization.strip().split(" ", 2);
    if (words.length < 2) {
      throw new RefusedException(Refusal.Kind.ONE_WORD, words[0]);
    }
    if (!words[0].equals(SignatureV4.ALGORITHM)) {
      throw new RefusedException(Refusal.Kind.UNKNOWN_TYPE, words[0]);
    }
    Map<String, String> fields = fields(words[1]);
    Credential credential =
        credential(fields.getOrDefault("Credential", ""), Refusal.Kind.MALFORMED_HEADER);
    List<String> signed = headerNames(field(fields, "SignedHeaders"));
    String signature = field(fields, "Signature");
    return new SignatureClaim(credential, signed, signature, date(request), Optional.empty());
  }

  private static Map<String, String> fields(String text) throws RefusedException {
    Map<String, String> fields = new HashMap<>();
    for (String field : text.split(",", -1)) {
      int equals = field.indexOf('=');
      String name = equals < 0 ? "" : field.substring(0, equals).strip();
      if (name.isEmpty() || fields.put(name, field.substring(equals + 1).strip()) != null) {
        throw new RefusedException(Refusal.Kind.MALFORMED_HEADER, "a field is not NAME=VALUE");
      }
    }
    return fields;
  }

  private static String field(Map<String, String> fields, String name) throws RefusedException {
    String value = fields.get(name);
    if (value == null || value.isEmpty()) {
      throw new RefusedException(Refusal.Kind.MALFORMED_HEADER, name + " is missing");
    }
    return value;
  }

  private static Credential credential(String text, Refusal.Kind otherwise)
      throws RefusedException {
    return CredentialScope.read(text)
        .orElseThrow(() ->
            new RefusedException(
                otherwise,
                (otherwise == Refusal.Kind.MALFORMED_QUERY
                        ? "Error parsing the X-Amz-Credential parameter; "
                        : "")
                    + "the Credential is mal-formed; expecting"
                    + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\""));
  }

  private static List<String> headerNames(String text) {
    return List.of(text.split(";", -1));
  }

  /// `x-amz-date` is what is signed; `Date` serves where it is missing, in the same form or in
  /// HTTP's.
  private static Timestamp date(SignedRequest request) throws RefusedException {
    Optional<String> date = request.headers().first("Date");
    return request
        .headers()
        .first(DATE_HEADER)
        .or(() -> date)
        .flatMap(Timestamp::read)
        .or(() -> date.flatMap(HttpDates::readWithoutWeekday).map(Timestamp::of))
        .orElseThrow(() -> new RefusedException(Refusal.Kind.NO_DATE, ""));
  }

  private static SignatureClaim inQuery(SignedRequest request) throws RefusedException {
    if (!parameter(request, "X-Amz-Algorithm").equals(SignatureV4.ALGORITHM)) {
      throw new RefusedException(
          Refusal.Kind.MALFORMED_QUERY, "X-Amz-Algorithm only supports AWS4-HMAC-SHA256");
    }
    Credential credential =
        credential(parameter(request, "X-Amz-Credential"), Refusal.Kind.MALFORMED_QUERY);
    Timestamp timestamp =
        Timestamp.read(parameter(request, "X-Amz-Date"))
            .orElseThrow(() ->
                new RefusedException(
                    Refusal.Kind.MALFORMED_QUERY,
                    "X-Amz-Date must be in the ISO8601 Long Format yyyyMMdd'T'HHmmss'Z'"));
    Duration lifetime = lifetime(parameter(request, "X-Amz-Expires"));
    List<String> signed = headerNames(parameter(request, "X-Amz-SignedHeaders"));
    String signature = parameter(request, SignatureV4.SIGNATURE_PARAMETER);
    return new SignatureClaim(credential, signed, signature, timestamp, Optional.of(lifetime));
  }

  private static String parameter(SignedRequest request, String name) throws RefusedException {
    if (request.query().count(name) != 1) {
      throw new RefusedException(
          Refusal.Kind.MALFORMED_QUERY,
          "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential,"
              + " X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters,"
              + " each once.");
    }
    return request.query().first(name).orElseThrow();
  }

  private static Duration lifetime(String text) throws RefusedException {
    long seconds = text.matches("[0-9]{1,9}") ? Long.parseLong(text) : -1;
    if (seconds < 0) {
      throw new RefusedException(Refusal.Kind.MALFORMED_QUERY, "X-Amz-Expires should be a number");
    }
    if (seconds > LONGEST_LIFETIME.toSeconds()) {
      throw new RefusedException(
          Refusal.Kind.MALFORMED_QUERY,
          "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires"
              + " must be less than 604800 seconds");
    }
    return Duration.ofSeconds(seconds);
  }
}
