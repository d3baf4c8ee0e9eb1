package cloud.bevy.foundation.extraction;

import cloud.bevy.foundation.base.World;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// What reads the documents of a machine: so many processes at most, none where nothing is read.
public final class Extractors {
  private final World world;
  private final ExtractionLimits limits;
  private final Semaphore places;
  private final AtomicInteger waiting = new AtomicInteger();

  /// Reads within these limits.
  public Extractors(World world, ExtractionLimits limits) {
    this.world = world;
    this.limits = limits;
    places = new Semaphore(limits.processes());
  }

  /// For a series of documents; to be closed behind it. Nothing is started before it is needed.
  public Extractor open() {
    return new Extractor(this);
  }

  World world() {
    return world;
  }

  ExtractionLimits limits() {
    return limits;
  }

  Semaphore places() {
    return places;
  }

  /// How many wait for a place.
  AtomicInteger waiting() {
    return waiting;
  }
}
