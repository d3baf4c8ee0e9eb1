package cloud.bevy.testing.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Completion;
import cloud.bevy.services.buckets.CompletionRequest;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.PutOutcome;
import cloud.bevy.services.buckets.UploadAddress;
import cloud.bevy.services.buckets.UploadedPart;
import cloud.bevy.services.buckets.WriteCondition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// A multipart upload that has begun. Its client remembers it through crashes and goes on where it
/// had come to: parts that were acknowledged are not sent again. The last part comes first, and one
/// that does not become part of the object comes as well.
final class PartedUpload {
  private static final int UNUSED = 9;

  private final UploadAddress address;
  private final long number;
  private final boolean aborting;
  private final Map<Integer, String> acknowledged = new TreeMap<>();
  private boolean ending;

  /// What is to be done next.
  enum Step {
    /// A part is to be sent.
    PART,
    /// All parts are there.
    COMPLETE,
    /// All parts are there, and are not wanted after all.
    ABORT
  }

  private PartedUpload(UploadAddress address, long number, boolean aborting) {
    this.address = address;
    this.number = number;
    this.aborting = aborting;
  }

  static PartedUpload begin(Bucket bucket, ObjectKey key, long number, SplittableRandom random) {
    boolean aborting = random.nextInt(4) == 0;
    ObjectAttributes attributes = ObjectWriter.attributes(number);
    String id = bucket.uploads().begin(key, attributes, Optional.empty()).orElseThrow();
    return new PartedUpload(new UploadAddress(key, id), number, aborting);
  }

  /// What the object will be.
  long number() {
    return number;
  }

  ObjectKey key() {
    return address.key();
  }

  Step next() {
    if (missing().isPresent()) {
      return Step.PART;
    }
    return aborting ? Step.ABORT : Step.COMPLETE;
  }

  void putPart(Bucket bucket) throws IOException {
    int part = missing().orElseThrow();
    byte[] bytes = part == UNUSED ? Payload.of(0) : parts().get(part - 1);
    PutOutcome<UploadedPart> outcome =
        bucket.uploads().putPart(address, part, ObjectWriter.content(bytes));
    assertThat(outcome).isInstanceOf(PutOutcome.Stored.class);
    if (outcome instanceof PutOutcome.Stored<UploadedPart>(UploadedPart stored)) {
      acknowledged.put(part, stored.etag());
    }
  }

  Completion complete(Bucket bucket) {
    ending = true;
    List<CompletionRequest.Part> parts = new ArrayList<>();
    acknowledged.forEach((part, etag) -> {
      if (part != UNUSED) {
        parts.add(new CompletionRequest.Part(part, etag, Optional.empty()));
      }
    });
    return bucket
        .uploads()
        .complete(
            new CompletionRequest(
                address, parts, WriteCondition.always(), Optional.empty(), Optional.empty()));
  }

  void abort(Bucket bucket) {
    ending = true;
    bucket.uploads().abort(address);
    assertThat(bucket.uploads().parts(address, 0, UNUSED)).isEmpty();
  }

  /// The parts that were acknowledged are there, unless the end of the upload may have been
  /// reached.
  void check(Bucket bucket) {
    var listed = bucket.uploads().parts(address, 0, UNUSED);
    if (listed.isPresent() || !ending) {
      Map<Integer, String> found = new TreeMap<>();
      listed.orElseThrow().parts().forEach(part -> found.put(part.number(), part.etag()));
      assertThat(found).containsAllEntriesOf(acknowledged);
    }
  }

  private Optional<Integer> missing() {
    for (int part = parts().size(); part > 0; part--) {
      if (!acknowledged.containsKey(part)) {
        return Optional.of(part);
      }
    }
    return acknowledged.containsKey(UNUSED) ? Optional.empty() : Optional.of(UNUSED);
  }

  private List<byte[]> parts() {
    byte[] bytes = Payload.of(number);
    if (bytes.length <= Payload.PART_BYTES) {
      return List.of(bytes);
    }
    return List.of(
        Arrays.copyOf(bytes, Payload.PART_BYTES),
        Arrays.copyOfRange(bytes, Payload.PART_BYTES, bytes.length));
  }
}
