package cloud.bevy.testing.ordeal;

import cloud.bevy.testing.oracles.History;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/// What rivals have in common: the keys they write, the contents, each of which is written at most
/// once and stands for a number, and the history of all they do.
final class RivalField {
  private static final int LONGEST_REPEATS = 300;
  private static final int HEAT = 40;
  private static final String NOBODYS_TAG = "\"00000000000000000000000000000000\"";

  private final List<String> keys;
  private final History history = new History();
  private final AtomicLong numbers = new AtomicLong();
  private final ConcurrentMap<Long, String> tags = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Long> numbersOfTags = new ConcurrentHashMap<>();

  RivalField(List<String> keys) {
    this.keys = List.copyOf(keys);
  }

  List<String> keys() {
    return keys;
  }

  /// The key that most rivals write now, so that they meet there; after a while it is another.
  String hottest() {
    return keys.get((int) (numbers.get() / HEAT % keys.size()));
  }

  History history() {
    return history;
  }

  /// A number that nobody has used.
  long next() {
    long number = numbers.incrementAndGet();
    String tag = md5(content(number));
    tags.put(number, tag);
    numbersOfTags.put(tag, number);
    return number;
  }

  /// The entity tag of a number's content; of a number that is none, a tag that no content has.
  String tag(long number) {
    return tags.getOrDefault(number, NOBODYS_TAG);
  }

  /// The number whose content has an entity tag.
  long numberOfTag(String tag) {
    Long number = numbersOfTags.get(tag);
    if (number == null) {
      throw new AssertionError("nobody wrote a content with the tag " + tag);
    }
    return number;
  }

  /// The number again and again, of very different lengths.
  static String content(long number) {
    return (number + " ").repeat(1 + (int) (number % LONGEST_REPEATS));
  }

  /// The number of a content, which must be whole.
  static long number(String content) {
    long number = Long.parseLong(content.substring(0, content.indexOf(' ')));
    if (!content(number).equals(content)) {
      throw new AssertionError("nobody wrote " + content);
    }
    return number;
  }

  private static String md5(String content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] sum = digest.digest(content.getBytes(StandardCharsets.UTF_8));
      return '"' + HexFormat.of().formatHex(sum) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
