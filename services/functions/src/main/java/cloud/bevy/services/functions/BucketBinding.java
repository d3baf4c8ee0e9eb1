package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How functions reach buckets.
public interface BucketBinding {
  /// Makes a bucket if it is not there.
  void create(Cloud cloud, String bucket) throws Refused;

  /// An object's description, if it is there.
  Optional<Description> head(Cloud cloud, Name name) throws Refused;

  /// An object with its bytes, if it is there. The stream is to be closed.
  Optional<Body> get(Cloud cloud, Name name, Optional<Range> range) throws Refused;

  /// Stores an object, whatever was there.
  ///
  /// @param content its type and metadata
  /// @throws IOException where the bytes cannot be read: nothing is stored
  Description put(Cloud cloud, Name name, Content content, Upload upload)
      throws IOException, Refused;

  /// Deletes an object, if it is there.
  void delete(Cloud cloud, Name name) throws Refused;

  /// One page of a bucket's objects in the order of their keys.
  Page list(Cloud cloud, String bucket, Query query) throws Refused;

  /// Searches a bucket by its index.
  ///
  /// @param request a search as OpenSearch has it, sent by whoever wrote the function
  /// @return the answer, as OpenSearch has it
  Map<String, Object> search(Cloud cloud, String bucket, byte[] request) throws Refused;

  /// Where an object is.
  record Name(String bucket, String key) {}

  /// What is kept beside an object's bytes.
  ///
  /// @param type the content type; empty if none was given
  /// @param metadata names and values that the function chose
  record Content(String type, Map<String, String> metadata) {}

  /// Bytes on their way in.
  ///
  /// @param length how many there will be
  record Upload(InputStream bytes, long length) {}

  /// An object without its bytes.
  ///
  /// @param etag without quotes
  record Description(String key, long size, String etag, Instant uploaded, Content content) {}

  /// An object, or a part of it.
  ///
  /// @param description the whole object's
  /// @param part which bytes these are
  record Body(Description description, Range part, InputStream bytes) {}

  /// Bytes of an object.
  ///
  /// @param from the first; negative for so many at the end
  /// @param length how many, at most
  record Range(long from, long length) {}

  /// What to list.
  ///
  /// @param prefix what the keys begin with
  /// @param delimiter keys that agree up to it, behind the prefix, are listed as one; may be empty
  /// @param cursor where the page before said to go on; empty at first
  /// @param limit how many objects and prefixes at most
  record Query(String prefix, String delimiter, String cursor, int limit) {}

  /// A page of objects.
  ///
  /// @param cursor where to go on; empty if this is all
  record Page(List<Description> objects, List<String> prefixes, String cursor) {}

  /// A request that the bucket does not allow. The message is for whoever wrote the function.
  final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final String code;

    /// @param code S3's word for it: `NoSuchBucket`
    public Refused(String code, String message) {
      super(message);
      this.code = code;
    }

    /// S3's word for it.
    public String code() {
      return code;
    }
  }
}
