package cloud.bevy.product.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// One thing the doctor has looked at.
///
/// @param what what it is
/// @param detail what was found
/// @param remedy what a person can do; empty where nothing need be done
record Finding(String what, State state, String detail, String remedy) {
  /// How the thing is.
  enum State {
    /// As it should be.
    GOOD,
    /// A part of the cloud will not work; the rest will.
    LACKING,
    /// The cloud cannot run.
    BROKEN
  }

  static Finding good(String what, String detail) {
    return new Finding(what, State.GOOD, detail, "");
  }

  static Finding lacking(String what, String detail, String remedy) {
    return new Finding(what, State.LACKING, detail, remedy);
  }

  static Finding broken(String what, String detail, String remedy) {
    return new Finding(what, State.BROKEN, detail, remedy);
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("what", what);
    fields.put("state", state.name().toLowerCase(Locale.ROOT));
    fields.put("detail", detail);
    fields.put("remedy", remedy);
    return fields;
  }
}
