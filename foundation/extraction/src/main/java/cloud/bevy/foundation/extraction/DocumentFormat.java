package cloud.bevy.foundation.extraction;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A kind of document whose text can be had.
public enum DocumentFormat {
  /// Text as it is.
  PLAIN,
  /// Markdown.
  MARKDOWN,
  /// HTML and XHTML.
  HTML,
  /// PDF.
  PDF;

  /// Types that say nothing.
  private static final Set<String> UNKNOWN =
      Set.of("", "application/octet-stream", "binary/octet-stream", "application/unknown");

  private static final Set<String> PLAIN_TYPES =
      Set.of(
          "application/json",
          "application/ld+json",
          "application/x-ndjson",
          "application/xml",
          "application/yaml",
          "application/x-yaml",
          "application/toml",
          "application/javascript",
          "application/sql",
          "application/x-sh");

  private static final Set<String> PLAIN_ENDINGS =
      Set.of(
          "txt", "text", "log", "csv", "tsv", "json", "ndjson", "xml", "yaml", "yml", "toml", "ini",
          "tex", "rst", "adoc", "org", "srt", "vtt", "sql", "js", "ts", "css", "java", "py", "c",
          "h", "cpp", "rs", "go", "sh");

  private static final Set<String> MARKDOWN_ENDINGS = Set.of("md", "markdown", "mdown", "mkd");
  private static final Set<String> HTML_ENDINGS = Set.of("html", "htm", "xhtml");

  /// The format of a document: what its media type says, or its name where that says nothing.
  ///
  /// @param mediaType as in `Content-Type`, with parameters or without; empty for unknown
  /// @return nothing where it is none of these
  public static Optional<DocumentFormat> of(String mediaType, String name) {
    String type = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    Optional<DocumentFormat> named = ofName(name);
    return switch (type) {
      case "text/html", "application/xhtml+xml" -> Optional.of(HTML);
      case "text/markdown", "text/x-markdown" -> Optional.of(MARKDOWN);
      case "application/pdf", "application/x-pdf" -> Optional.of(PDF);
      case "text/plain" -> Optional.of(named.filter(MARKDOWN::equals).orElse(PLAIN));
      default -> {
        if (UNKNOWN.contains(type)) {
          yield named;
        }
        boolean text = type.startsWith("text/") || PLAIN_TYPES.contains(type);
        yield text ? Optional.of(PLAIN) : Optional.empty();
      }
    };
  }

  private static Optional<DocumentFormat> ofName(String name) {
    int point = name.lastIndexOf('.');
    if (point <= name.lastIndexOf('/')) {
      return Optional.empty();
    }
    String ending = name.substring(point + 1).toLowerCase(Locale.ROOT);
    if (PLAIN_ENDINGS.contains(ending)) {
      return Optional.of(PLAIN);
    } else if (MARKDOWN_ENDINGS.contains(ending)) {
      return Optional.of(MARKDOWN);
    } else if (HTML_ENDINGS.contains(ending)) {
      return Optional.of(HTML);
    }
    return ending.equals("pdf") ? Optional.of(PDF) : Optional.empty();
  }

  /// Its name in lower case.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it is read in a process of its own.
  boolean apart() {
    return this == HTML || this == PDF;
  }
}
