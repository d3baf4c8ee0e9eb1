package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Puts records that a function does not take into a bucket, as one object for each batch. Done
/// twice, it is the same object.
///
/// @param cloud whose bucket
/// @param buckets how it is reached
record DeadLetters(Cloud cloud, BucketBinding buckets) {
  private static final int INCARNATION_DIGITS = 8;

  /// Stores the records; they are durable when this returns.
  ///
  /// @param bucket the bucket's name
  /// @return the object's key
  /// @throws BucketBinding.Refused if the bucket does not take them
  String put(String bucket, FeedId feed, FeedState state, FeedBatch batch)
      throws IOException, BucketBinding.Refused {
    String incarnation = state.place().incarnation();
    String key =
        "%s/%s/%s-%s.json"
            .formatted(
                feed.app(),
                feed.name(),
                incarnation.substring(0, Math.min(INCARNATION_DIGITS, incarnation.length())),
                batch.first().sequence());
    SequencedMap<String, Object> members = new LinkedHashMap<>();
    members.put("app", feed.app());
    members.put("feed", feed.name());
    members.put("table", state.table());
    members.put("time", state.trouble().at().toString());
    members.put("attempts", state.trouble().tries());
    members.put("error", state.trouble().error());
    byte[] letter = batch.json(members);
    buckets.put(
        cloud,
        new BucketBinding.Name(bucket, key),
        new BucketBinding.Content("application/json", Map.of()),
        new BucketBinding.Upload(new ByteArrayInputStream(letter), letter.length));
    return key;
  }
}
