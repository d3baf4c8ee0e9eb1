package cloud.bevy.hyper.store;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The paths of the segments that were used last. Making a path takes as long as reading a small
/// block does.
final class SegmentPaths {
  private static final int MOST = 64;

  private final Layout layout;
  private final AtomicReferenceArray<Named> recent = new AtomicReferenceArray<>(MOST);

  SegmentPaths(Layout layout) {
    this.layout = layout;
  }

  private record Named(int segment, Path path) {}

  Path of(int segment) {
    int place = segment % MOST;
    Named known = recent.get(place);
    if (known == null || known.segment != segment) {
      known = new Named(segment, layout.segment(segment));
      recent.set(place, known);
    }
    return known.path;
  }
}
