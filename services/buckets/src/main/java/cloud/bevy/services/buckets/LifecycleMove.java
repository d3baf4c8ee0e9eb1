package cloud.bevy.services.buckets;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// A change of an object's storage class.
///
/// @param due when it is to be made
record LifecycleMove(Instant due, String storageClass) {
  /// The classes in S3's order, in which objects are only ever moved down.
  private static final List<String> CLASSES =
      List.of(
          ObjectAttributes.STANDARD,
          "STANDARD_IA",
          "INTELLIGENT_TIERING",
          "ONEZONE_IA",
          "GLACIER_IR",
          "GLACIER",
          "DEEP_ARCHIVE");

  /// What S3 has to fetch back before it can be read.
  private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

  private static final long SMALL = 128 << 10;

  /// Whether it is for an object of that size, where the rule says nothing of sizes.
  ///
  /// @param smallOnesToo whether archives take objects of any size
  boolean takes(StoredObject object, boolean smallOnesToo) {
    return object.size() >= SMALL || (smallOnesToo && ARCHIVES.contains(storageClass));
  }

  /// Whether an object would be moved down.
  boolean changes(StoredObject object) {
    return depth() > Math.max(0, CLASSES.indexOf(object.attributes().storageClass()));
  }

  /// How far down the class is.
  int depth() {
    return CLASSES.indexOf(target());
  }

  /// The class that an object gets. Nothing has to be fetched back here: what is archived can be
  /// read at once, and there is a class that says so. Clients do not even try to read the others.
  String target() {
    return ARCHIVES.contains(storageClass) ? "GLACIER_IR" : storageClass;
  }
}
