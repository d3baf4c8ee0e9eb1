package cloud.bevy.services.tables;

/// A table that is still being made, and can neither be used nor changed until it is.
public final class TableBusy extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String table;

  TableBusy(String table) {
    super("table \"" + table + "\" is being restored: wait until it is there", null, false, false);
    this.table = table;
  }

  /// The name of the table.
  public String table() {
    return table;
  }
}
