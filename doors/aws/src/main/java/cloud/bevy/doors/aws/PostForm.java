package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The form with which a browser uploads a file (Amazon S3 API Reference, "POST Object"): the
/// fields before the file, and the file, which has not been read yet. What comes after it is
/// ignored.
///
/// @param fields their values by their names in lower case
/// @param file the file's bytes
record PostForm(Map<String, String> fields, InputStream file) {
  private static final int MOST_FIELD_BYTES = 20 << 10;
  private static final String FILE = "file";
  private static final String FILENAME = "${filename}";
  private static final Pattern BOUNDARY =
      Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))");
  private static final Pattern NAME = parameter("name");
  private static final Pattern FILE_NAME = parameter("filename");

  PostForm {
    fields = Map.copyOf(fields);
  }

  /// Whether a request carries a form.
  static boolean isIn(Exchange exchange) {
    return exchange.method().equals("POST")
        && exchange
            .requestHeaders()
            .first("Content-Type")
            .map(type -> type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data"))
            .orElse(false);
  }

  /// Reads a form up to its file.
  static PostForm read(Exchange exchange) throws IOException {
    Matcher boundary = BOUNDARY.matcher(exchange.requestHeaders().first("Content-Type").orElse(""));
    if (!boundary.find()) {
      throw S3Error.MALFORMED_POST_REQUEST.refused();
    }
    String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    FormReader reader = new FormReader(exchange.body(), text);
    Map<String, String> fields = new LinkedHashMap<>();
    int left = MOST_FIELD_BYTES;
    while (reader.next()) {
      String disposition = disposition(reader);
      String name = first(NAME, disposition).orElse("").toLowerCase(Locale.ROOT);
      if (name.equals(FILE)) {
        first(FILE_NAME, disposition).ifPresent(path -> named(fields, path));
        return new PostForm(fields, reader);
      }
      String value =
          reader.text(left).orElseThrow(S3Error.MAX_POST_PRE_DATA_LENGTH_EXCEEDED::refused);
      left -= value.length();
      fields.putIfAbsent(name, value);
    }
    throw S3Error.INVALID_ARGUMENT.refused("POST requires exactly one file upload per request.");
  }

  /// A field's value.
  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /// A field that must be there.
  String required(String name) throws S3Exception {
    return field(name)
        .orElseThrow(() ->
            S3Error.INVALID_ARGUMENT
                .refused(
                    "Bucket POST must contain a field named '"
                        + name
                        + "'.  If it is specified, please check the order of the fields.")
                .about(name, ""));
  }

  private static String disposition(FormReader reader) throws IOException {
    String disposition = "";
    for (String line = reader.line(); !line.isEmpty(); line = reader.line()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
        disposition = line;
      }
    }
    return disposition;
  }

  /// The name of the file, which a browser may send with the folders it is in, stands in the values
  /// where they ask for it.
  private static void named(Map<String, String> fields, String path) {
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    fields.replaceAll((field, value) -> value.replace(FILENAME, name));
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher match = pattern.matcher(text);
    if (!match.find()) {
      return Optional.empty();
    }
    return Optional.of(match.group(1) == null ? match.group(2) : match.group(1));
  }

  private static Pattern parameter(String name) {
    return Pattern.compile(
        ";\\s*" + name + "=(?:\"([^\"]*)\"|([^\\s;\"]+))", Pattern.CASE_INSENSITIVE);
  }
}
