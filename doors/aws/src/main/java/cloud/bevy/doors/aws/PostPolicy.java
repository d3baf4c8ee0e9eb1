package cloud.bevy.doors.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a form may upload, as whoever made the form decided (Amazon S3 API Reference, "POST
/// policy").
///
/// @param smallest how many bytes the file must have
/// @param largest how many bytes it may have
record PostPolicy(Instant expiration, List<Condition> conditions, long smallest, long largest) {
  private static final Set<String> NEED_NO_CONDITION =
      Set.of("x-amz-signature", "file", "policy", "signature", "awsaccesskeyid");
  private static final String IGNORED = "x-ignore-";

  /// Whoever fills the form in may say what must arrive: it lets nothing in that else is kept out.
  private static final String CHECKSUM = "x-amz-checksum-";

  private static final String TYPE = "content-type";

  PostPolicy {
    conditions = List.copyOf(conditions);
  }

  /// What a field must be.
  ///
  /// @param field in lower case
  /// @param prefix whether the value is only what it must begin with
  record Condition(String field, String value, boolean prefix) {
    boolean holds(String given) {
      if (!prefix) {
        return given.equals(value);
      }
      // a type may be a list, of which each must be allowed
      return field.equals(TYPE)
          ? Stream.of(given.split(",", -1)).allMatch(type -> type.strip().startsWith(value))
          : given.startsWith(value);
    }

    String text() {
      return "[\"" + (prefix ? "starts-with" : "eq") + "\", \"$" + field + "\", \"" + value + "\"]";
    }
  }

  /// Reads a policy.
  ///
  /// @param base64 as it stands in the form
  static PostPolicy read(String base64) throws S3Exception {
    try (JsonParser json = new JsonFactory().createParser(Base64.getMimeDecoder().decode(base64))) {
      return new Reading(json).policy();
    } catch (IllegalArgumentException | IOException e) {
      if (e instanceof S3Exception refused) {
        throw refused;
      }
      throw invalid("Invalid JSON.");
    }
  }

  /// Checks a form.
  ///
  /// @param bucket the bucket it was posted to
  void check(PostForm form, String bucket, Instant now) throws S3Exception {
    if (now.isAfter(expiration)) {
      throw denied("Policy expired.");
    }
    Set<String> covered = new HashSet<>();
    for (Condition condition : conditions) {
      boolean ofBucket = condition.field.equals("bucket");
      String given = ofBucket ? bucket : form.field(condition.field).orElse("");
      if (!condition.holds(given)) {
        throw denied("Policy Condition failed: " + condition.text());
      }
      covered.add(condition.field);
    }
    Optional<String> extra =
        Stream.concat(Stream.of("bucket"), form.fields().keySet().stream().sorted())
            .filter(field -> !covered.contains(field) && !field.startsWith(IGNORED))
            .filter(field -> !NEED_NO_CONDITION.contains(field) && !field.startsWith(CHECKSUM))
            .findFirst();
    if (extra.isPresent()) {
      throw denied("Extra input fields: " + extra.get());
    }
  }

  private static S3Exception denied(String why) {
    return S3Error.ACCESS_DENIED.refused("Invalid according to Policy: " + why);
  }

  private static S3Exception invalid(String why) {
    return S3Error.INVALID_POLICY_DOCUMENT.refused("Invalid Policy: " + why);
  }

  /// One pass over a policy's JSON.
  private static final class Reading {
    private final JsonParser json;
    private final List<Condition> conditions = new ArrayList<>();
    private Optional<Instant> expiration = Optional.empty();
    private boolean conditional;
    private long smallest;
    private long largest = Long.MAX_VALUE;

    Reading(JsonParser json) {
      this.json = json;
    }

    PostPolicy policy() throws IOException {
      expect(JsonToken.START_OBJECT);
      while (json.nextToken() != JsonToken.END_OBJECT) {
        switch (json.currentName()) {
          case "expiration" -> expiration = Optional.of(moment(text()));
          case "conditions" -> readConditions();
          default -> throw invalid("Unexpected: '" + json.currentName() + "'");
        }
      }
      if (!conditional) {
        throw invalid("Policy missing conditions.");
      }
      Instant end = expiration.orElseThrow(() -> invalid("Policy missing expiration."));
      return new PostPolicy(end, conditions, smallest, largest);
    }

    private void readConditions() throws IOException {
      conditional = true;
      expect(JsonToken.START_ARRAY);
      for (JsonToken token = json.nextToken();
          token != JsonToken.END_ARRAY;
          token = json.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          readSimple();
        } else if (token == JsonToken.START_ARRAY) {
          readOperator();
        } else {
          throw invalid("Invalid Condition: a condition is an object or a list.");
        }
      }
    }

    private void readSimple() throws IOException {
      if (json.nextToken() != JsonToken.FIELD_NAME) {
        throw simple();
      }
      String field = json.currentName().toLowerCase(Locale.ROOT);
      conditions.add(new Condition(field, text(), false));
      if (json.nextToken() != JsonToken.END_OBJECT) {
        throw simple();
      }
    }

    private static S3Exception simple() {
      return invalid(
          "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
    }

    private void readOperator() throws IOException {
      String operator = text().toLowerCase(Locale.ROOT);
      switch (operator) {
        case "content-length-range" -> {
          smallest = Math.max(smallest, size());
          largest = Math.min(largest, size());
        }
        case "eq", "starts-with" -> {
          String field = text();
          if (!field.startsWith("$")) {
            throw invalid("Invalid Condition: a field is named with a $ before it.");
          }
          String name = field.substring(1).toLowerCase(Locale.ROOT);
          conditions.add(new Condition(name, text(), operator.equals("starts-with")));
        }
        default -> throw invalid("Invalid Condition: unknown operation '" + operator + "'.");
      }
      expect(JsonToken.END_ARRAY);
    }

    private long size() throws IOException {
      json.nextToken();
      String text = json.getText();
      if (text == null || !text.matches("[0-9]{1,18}")) {
        throw invalid("Invalid Condition: content-length-range takes two numbers of bytes.");
      }
      return Long.parseLong(text);
    }

    private String text() throws IOException {
      expect(JsonToken.VALUE_STRING);
      return json.getText();
    }

    private void expect(JsonToken token) throws IOException {
      if (json.nextToken() != token) {
        throw invalid("Invalid JSON: expected " + token + " and found " + json.currentToken());
      }
    }

    private static Instant moment(String text) throws S3Exception {
      try {
        return Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text));
      } catch (DateTimeException e) {
        throw invalid("Invalid 'expiration' value: '" + text + "'");
      }
    }
  }
}
