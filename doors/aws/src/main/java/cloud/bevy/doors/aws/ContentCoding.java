package cloud.bevy.doors.aws;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// How bodies are compressed on the wire (RFC 9110, 8.4): those of requests when their sender says
/// so, those of answers when they are long and their reader likes that.
enum ContentCoding {
  /// RFC 1952.
  GZIP,
  /// RFC 1950, though its name is that of RFC 1951.
  DEFLATE;

  /// An answer of no more bytes is sent as it is.
  static final int SHORTEST_ANSWER = 4096;

  private static final String IDENTITY = "identity";

  /// What stands in headers.
  String token() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What the sender of a request has compressed.
  ///
  /// @param coding the header `Content-Encoding`; empty if there is none
  /// @throws DynamoRefusal if that is not known, the body is not what it says, or is longer than a
  ///   request may be
  static byte[] decoded(String coding, byte[] body) {
    if (coding.isEmpty() || coding.equalsIgnoreCase(IDENTITY)) {
      return body;
    }
    for (ContentCoding known : values()) {
      if (known.token().equalsIgnoreCase(coding)) {
        return known.decoded(body);
      }
    }
    throw DynamoRefusal.internal("A body with Content-Encoding " + coding + " is not understood");
  }

  private byte[] decoded(byte[] body) {
    try (InputStream in = decoder(new ByteArrayInputStream(body))) {
      byte[] plain = in.readNBytes(ShapeReader.MAXIMUM_BYTES + 1);
      if (plain.length > ShapeReader.MAXIMUM_BYTES) {
        throw DynamoRefusal.tooLarge();
      }
      return plain;
    } catch (IOException broken) {
      throw DynamoRefusal.internal("The body is not compressed with " + token());
    }
  }

  private InputStream decoder(InputStream in) throws IOException {
    return switch (this) {
      case GZIP -> new GZIPInputStream(in);
      case DEFLATE -> new InflaterInputStream(in);
    };
  }

  /// A body, compressed.
  byte[] encoded(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 2);
    try (OutputStream out =
        this == GZIP ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
      out.write(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException("it is written to memory", impossible);
    }
    return bytes.toByteArray();
  }

  /// What the reader of an answer likes most: by weight, then what is named before what is only
  /// meant by `*`, then what comes first. That an answer is not compressed is never preferred.
  ///
  /// @param accepted the header `Accept-Encoding`
  /// @return null if none of these is accepted
  static @Nullable ContentCoding wanted(String accepted) {
    SequencedMap<String, Double> weights = new LinkedHashMap<>();
    for (String part : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
      List<String> words = List.of(part.split(";", -1));
      weights.putIfAbsent(words.getFirst().strip(), weight(words));
    }
    Map<String, ContentCoding> known = new HashMap<>();
    for (ContentCoding coding : values()) {
      known.put(coding.token(), coding);
    }
    ContentCoding best = null;
    double most = 0;
    for (Map.Entry<String, Double> each : weights.entrySet()) {
      ContentCoding coding = known.get(each.getKey());
      if (coding != null && each.getValue() > most) {
        best = coding;
        most = each.getValue();
      }
    }
    for (ContentCoding coding : values()) {
      if (!weights.containsKey(coding.token()) && weights.getOrDefault("*", 0.0) > most) {
        best = coding;
        most = weights.getOrDefault("*", 0.0);
      }
    }
    return best;
  }

  private static double weight(List<String> words) {
    for (String word : words.subList(1, words.size())) {
      String bare = word.replace(" ", "");
      if (bare.startsWith("q=")) {
        try {
          return Double.parseDouble(bare.substring(2));
        } catch (NumberFormatException malformed) {
          return 0;
        }
      }
    }
    return 1;
  }
}
