package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.Head;

/// Whoever is told what became of a core. Called by the task that writes the store, in the order of
/// events, so that it must be short and must not block; what it throws is logged and goes nowhere.
public interface Listener {
  /// Who is told only that the core has durably changed: has become longer, or was cut.
  static Listener ofChanges(Runnable told) {
    return new Listener() {
      @Override
      public void grown(Head head) {
        told.run();
      }

      @Override
      public void truncated(Head head, long from) {
        told.run();
      }
    };
  }

  /// The core is durably longer, or is signed anew.
  default void grown(Head head) {}

  /// The core was durably cut, or follows another fork: what it has from block `from` on, if
  /// anything, is new. [#grown] is not called as well.
  default void truncated(Head head, long from) {}

  /// These blocks are durably here: appended, or accepted from elsewhere.
  default void stored(long from, long to) {}

  /// These blocks were durably forgotten; the core is as long as before.
  default void cleared(long from, long to) {}

  /// The core has two histories under one fork. Nothing is read from others, told to others or
  /// written any more.
  ///
  /// @param fault of kind [CoreFault.Kind#CONFLICT]
  default void frozen(CoreFault fault) {}
}
