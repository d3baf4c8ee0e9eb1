package cloud.bevy.services.tables;

/// A table that does not exist, or was deleted while it was used.
public final class NoSuchTable extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String table;

  NoSuchTable(String table) {
    super("table \"" + table + "\" does not exist", null, false, false);
    this.table = table;
  }

  /// The name that no table has.
  public String table() {
    return table;
  }
}
