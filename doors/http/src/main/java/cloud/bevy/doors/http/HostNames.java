package cloud.bevy.doors.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names this machine answers to, and what is meant by a name below them: `localhost` and those
/// that are configured.
///
/// @param own in lower case, without dots at the ends
public record HostNames(List<String> own) {
  /// Only this machine knows itself by this name.
  public static final HostNames LOCAL = new HostNames(List.of("localhost"));

  private static final String STORAGE = "s3";
  private static final String SEARCH = "opensearch";

  /// Four numbers, or anything in the brackets of IPv6. A name that a stranger's DNS answers for
  /// never looks like this.
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

  private static final Pattern WEBSITE = Pattern.compile(".+\\.s3-website([.-][a-z0-9-]+)?");

  private static final Pattern ORIGIN = Pattern.compile("https?://([^/@]+)");

  /// What a `Host` header asks for.
  public sealed interface Meaning {
    /// The machine itself.
    record Machine() implements Meaning {}

    /// An app: `notes.localhost`.
    record App(String name) implements Meaning {}

    /// A bucket, `photos.s3.localhost`, or the whole of S3, `s3.localhost`.
    record Storage() implements Meaning {}

    /// The indexes of tables: `opensearch.localhost`. No app can be called so.
    record Search() implements Meaning {}

    /// A bucket as a web site: `photos.s3-website.localhost`, with or without a region.
    record Website() implements Meaning {}

    /// A name that is not ours: a mistake, or a page whose DNS entry was made to point here.
    record Foreign(String host) implements Meaning {}
  }

  /// Makes names from configured ones.
  public HostNames {
    own = own.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  /// Finds out what a `Host` header means, with or without a port.
  public Meaning read(String host) {
    String name = withoutPort(host.toLowerCase(Locale.ROOT));
    if (ADDRESS.matcher(name).matches() || own.contains(name)) {
      return new Meaning.Machine();
    }
    for (String each : own) {
      if (name.endsWith("." + each)) {
        return below(name.substring(0, name.length() - each.length() - 1));
      }
    }
    return new Meaning.Foreign(name);
  }

  /// Whether a web page of that origin is one of this machine: of the machine itself or of an app.
  ///
  /// @param origin as browsers send it: `http://notes.localhost:4566`
  public boolean ownPage(String origin) {
    Matcher matcher = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return false;
    }
    String name = withoutPort(matcher.group(1));
    return name.equals("127.0.0.1")
        || name.equals("[::1]")
        || own.stream().anyMatch(each -> name.equals(each) || name.endsWith("." + each));
  }

  private static Meaning below(String label) {
    if (WEBSITE.matcher(label).matches()) {
      return new Meaning.Website();
    }
    if (label.equals(SEARCH)) {
      return new Meaning.Search();
    }
    boolean storage = label.equals(STORAGE) || label.endsWith("." + STORAGE);
    return storage ? new Meaning.Storage() : new Meaning.App(label);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
