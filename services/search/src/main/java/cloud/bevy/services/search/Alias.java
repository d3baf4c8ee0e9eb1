package cloud.bevy.services.search;

import cloud.bevy.services.tables.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/// Another name of some tables that have an index.
///
/// @param members in the order of their names
public record Alias(String name, List<Member> members) {
  private static final String FORM = "1";

  /// A table that an alias names.
  ///
  /// @param incarnation which table of that name: another that is made later is not meant
  /// @param writes whether what is written to the alias goes there
  public record Member(String table, String incarnation, boolean writes) {}

  /// Sorts the members.
  public Alias {
    members = members.stream().sorted(Comparator.comparing(Member::table)).toList();
  }

  /// What is stored: a line that says how, and one for each table.
  byte[] bytes() {
    StringBuilder text = new StringBuilder(FORM);
    for (Member member : members) {
      text.append('\n').append(member.incarnation()).append(member.writes() ? " w " : " - ");
      text.append(member.table());
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static Alias read(String name, byte[] bytes) {
    String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    if (!lines[0].equals(FORM)) {
      throw new InvalidRequest("alias [" + name + "] was written by a newer version of bevy");
    }
    return new Alias(
        name, List.of(lines).subList(1, lines.length).stream().map(Alias::member).toList());
  }

  private static Member member(String line) {
    String[] words = line.split(" ", 3);
    return new Member(words[2], words[0], words[1].equals("w"));
  }
}
