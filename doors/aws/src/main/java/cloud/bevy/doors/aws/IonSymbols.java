package cloud.bevy.doors.aws;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The texts for which numbers stand in a stream of Amazon Ion (Ion specification, "Symbols").
final class IonSymbols {
  /// How many there may be, and the characters that they may have together.
  static final int MOST = 50_000;

  private static final int MOST_CHARACTERS = 4 << 20;

  /// What annotates a table of symbols.
  static final String TABLE = "$ion_symbol_table";

  /// Those that every stream has, from 1 on.
  private static final List<String> SYSTEM =
      List.of(
          "$ion",
          "$ion_1_0",
          TABLE,
          "name",
          "version",
          "imports",
          "symbols",
          "max_id",
          "$ion_shared_symbol_table");

  private final List<@Nullable String> local = new ArrayList<>();
  private long characters;

  /// The text of a symbol.
  String text(long number) throws IonFault {
    if (number >= 1 && number <= SYSTEM.size()) {
      return SYSTEM.get((int) number - 1);
    }
    long at = number - SYSTEM.size() - 1;
    String text = at >= 0 && at < local.size() ? local.get((int) at) : null;
    if (text == null) {
      throw new IonFault("a symbol has no text");
    }
    return text;
  }

  /// Forgets those that are not the system's.
  void reset() {
    local.clear();
    characters = 0;
  }

  /// Takes a table of symbols: those that are known until the next.
  void take(List<IonValue.Field> table) throws IonFault {
    boolean more = false;
    List<IonValue> added = List.of();
    for (IonValue.Field field : table) {
      switch (field.name()) {
        case "imports" -> more = imports(field.value().content());
        case "symbols" -> added = elements(field.value().content());
        default -> {}
      }
    }
    if (!more) {
      reset();
    }
    for (IonValue symbol : added) {
      add(symbol.content() instanceof IonValue.Content.Text(String text) ? text : null);
    }
  }

  private void add(@Nullable String text) throws IonFault {
    characters += text == null ? 0 : text.length();
    if (local.size() >= MOST || characters > MOST_CHARACTERS) {
      throw new IonFault("there are more than " + MOST + " symbols, or they are too long");
    }
    local.add(text);
  }

  private static List<IonValue> elements(IonValue.Content content) {
    return content instanceof IonValue.Content.Sequence(List<IonValue> elements)
        ? elements
        : List.of();
  }

  /// Whether those that are known stay.
  private static boolean imports(IonValue.Content content) throws IonFault {
    if (!elements(content).isEmpty()) {
      throw new IonFault("symbols of a shared table are not known");
    }
    return content.equals(new IonValue.Content.Symbol(TABLE));
  }
}
