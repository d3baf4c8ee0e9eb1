package cloud.bevy.services.functions;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// Reads manifests, fills in what is not said, and writes them for the catalogue.
final class ManifestReader {
  private static final String FEED = "feed";
  private static final int MAX_VARIABLE = 5 << 10;
  private static final int MAX_ENVIRONMENT = 64;
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]{0,63}");
  private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  private ManifestReader() {}

  /// Reads what a person wrote.
  ///
  /// @param json the file's content; empty if there is no file
  /// @param folder the name of the folder it lies in, which is the app's name if it says nothing
  static Manifest read(byte[] json, String folder) throws Refusal {
    try {
      Section top =
          new Section(Manifest.FILE, json.length == 0 ? new LinkedHashMap<>() : Json.object(json));
      top.only("name", "main", "public", "tables", "buckets", "vars");
      String name = AppName.checked(top.text("name").orElse(folder.toLowerCase(Locale.ROOT)));
      Optional<String> main = top.text("main");
      String publicFolder = top.text("public").orElse("public");
      main.ifPresent(BundlePath::checked);
      BundlePath.checked(publicFolder);
      return new Manifest(name, main, publicFolder, environment(top, name));
    } catch (IOException | IllegalArgumentException wrong) {
      throw new Refusal(Manifest.FILE + ": " + firstLine(wrong));
    }
  }

  /// The manifest with every default filled in, as [#read] reads it again.
  static SequencedMap<String, Object> members(Manifest manifest) {
    SequencedMap<String, Object> members = new LinkedHashMap<>();
    members.put("name", manifest.name());
    manifest.main().ifPresent(main -> members.put("main", main));
    members.put("public", manifest.publicFolder());
    SequencedMap<String, Object> tables = new LinkedHashMap<>();
    manifest.environment().tables().forEach((name, spec) -> tables.put(name, members(spec)));
    members.put("tables", tables);
    members.put("buckets", manifest.environment().buckets());
    members.put("vars", manifest.environment().vars());
    return members;
  }

  private static SequencedMap<String, Object> members(TableSpec spec) {
    SequencedMap<String, Object> members = new LinkedHashMap<>();
    members.put("table", spec.table());
    members.put("partitionKey", spec.partitionKey().toString());
    spec.sortKey().ifPresent(key -> members.put("sortKey", key.toString()));
    spec.feed().ifPresent(feed -> members.put(FEED, FeedSection.members(feed)));
    return members;
  }

  private static Manifest.Environment environment(Section top, String app) throws Refusal {
    SequencedMap<String, String> buckets = texts(top.section("buckets"));
    buckets.replaceAll((name, bucket) -> bucket.isEmpty() ? resource(app, name) : bucket);
    check(buckets.values(), BUCKET, "bucket");
    SequencedMap<String, TableSpec> tables = new LinkedHashMap<>();
    Section tableSections = top.section("tables");
    for (String name : names(tableSections)) {
      Section section = tableSections.section(name);
      Optional<FeedSpec> feed = Optional.empty();
      if (section.members().containsKey(FEED)) {
        feed = Optional.of(FeedSection.read(section.section(FEED), app, buckets));
        check(List.of(feed.get().effort().deadLetters()), BUCKET, "bucket");
      }
      tables.put(name, table(section, resource(app, name), feed));
    }
    SequencedMap<String, String> vars = texts(top.section("vars"));
    for (Map.Entry<String, String> variable : vars.entrySet()) {
      if (variable.getValue().length() > MAX_VARIABLE) {
        throw new Refusal(
            "variable " + variable.getKey() + " has more than " + MAX_VARIABLE + " characters");
      }
    }
    refuseDoubles(List.of(tables.keySet(), buckets.keySet(), vars.keySet()));
    return new Manifest.Environment(tables, buckets, vars);
  }

  private static TableSpec table(Section section, String defaultName, Optional<FeedSpec> feed)
      throws Refusal {
    section.only("table", "partitionKey", "sortKey", FEED);
    String table = section.text("table").orElse(defaultName);
    check(List.of(table), TABLE, "table");
    KeyAttribute partition = KeyAttribute.parse(section.text("partitionKey").orElse("id"));
    return new TableSpec(table, partition, section.text("sortKey").map(KeyAttribute::parse), feed);
  }

  private static String resource(String app, String variable) {
    return app + '-' + variable.toLowerCase(Locale.ROOT).replace('_', '-').replace("$", "");
  }

  private static SequencedMap<String, String> texts(Section section) throws Refusal {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    for (String name : names(section)) {
      texts.put(name, section.text(name).orElseThrow());
    }
    return texts;
  }

  private static List<String> names(Section section) throws Refusal {
    for (String name : section.members().keySet()) {
      if (!VARIABLE.matcher(name).matches()) {
        throw new Refusal(
            '"' + name + "\" in " + section.place() + " cannot be a name in env: use A-Z and _");
      }
    }
    if (section.members().size() > MAX_ENVIRONMENT) {
      throw new Refusal(section.place() + " has more than " + MAX_ENVIRONMENT + " members");
    }
    return List.copyOf(section.members().keySet());
  }

  private static void check(Iterable<String> names, Pattern form, String kind) throws Refusal {
    for (String name : names) {
      if (!form.matcher(name).matches()) {
        throw new Refusal(
            "a " + kind + " cannot be called \"" + name + "\": see docs/functions.md");
      }
    }
  }

  private static void refuseDoubles(List<? extends Iterable<String>> groups) throws Refusal {
    Map<String, Boolean> seen = new LinkedHashMap<>();
    for (Iterable<String> group : groups) {
      for (String name : group) {
        if (seen.put(name, true) != null) {
          throw new Refusal("two things are called " + name + " in env: rename one");
        }
      }
    }
  }

  private static String firstLine(Exception wrong) {
    return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("unreadable");
  }
}
