package cloud.bevy.doors.aws;

import cloud.bevy.doors.aws.Authenticator.SigningContext;
import cloud.bevy.foundation.base.BulkInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A body in aws-chunked encoding, decoded as it is read (Amazon S3 API Reference, "Signature
/// Calculations for the Authorization Header: Transferring Payload in Multiple Chunks" and
/// "Including Trailing Headers"). Its end is reached only if every chunk, the trailer and the
/// declared length are right; otherwise the read throws an [S3Exception]. Holds no chunk in memory.
final class ChunkedBody extends BulkInput {
  private static final int LONGEST_LINE = 4096;
  private static final int MOST_TRAILERS = 16;
  private static final String SIGNATURE_FIELD = "chunk-signature=";
  private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";

  private final InputStream source;
  private final Framing framing;
  private final Optional<ChunkSignatures> signatures;
  private final Map<String, String> trailer = new LinkedHashMap<>();

  private long decoded;
  private long left;
  private String signature = "";
  private boolean ended;

  /// How a body is cut.
  ///
  /// @param declared what `x-amz-decoded-content-length` says
  /// @param announced the names of the fields that follow the last chunk, in lower case
  record Framing(PayloadKind.Chunked kind, long declared, Set<String> announced) {}

  /// A decoder.
  ///
  /// @param context what chunks are signed with, needed where they are
  ChunkedBody(InputStream source, Framing framing, Optional<SigningContext> context) {
    this.source = source;
    this.framing = framing;
    this.signatures =
        framing.kind.signed()
            ? Optional.of(new ChunkSignatures(context.orElseThrow()))
            : Optional.empty();
  }

  /// The fields after the last chunk, by their names in lower case; empty before the end.
  Map<String, String> trailer() {
    return Map.copyOf(trailer);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (left == 0) {
      if (ended) {
        return -1;
      }
      beginChunk();
    }
    int count = source.read(buffer, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw S3Error.INCOMPLETE_BODY.refused();
    }
    signatures.ifPresent(chunk -> chunk.update(buffer, offset, count));
    decoded += count;
    left -= count;
    if (left == 0) {
      endChunk();
      expectLineEnd();
    }
    return count;
  }

  private void beginChunk() throws IOException {
    String line = readLine();
    int semicolon = line.indexOf(';');
    left = size(semicolon < 0 ? line : line.substring(0, semicolon));
    if (left > framing.declared - decoded) {
      throw S3Error.INCOMPLETE_BODY.refused(
          "The chunks are longer than X-Amz-Decoded-Content-Length.");
    }
    signature = semicolon < 0 ? "" : signatureOf(line.substring(semicolon + 1));
    if (left == 0) {
      endChunk();
      end();
    }
  }

  private static long size(String hex) throws IOException {
    if (!hex.matches("[0-9a-fA-F]{1,15}")) {
      throw S3Error.INCOMPLETE_BODY.refused("A chunk does not begin with its size.");
    }
    return Long.parseLong(hex, 16);
  }

  private static String signatureOf(String extension) {
    return extension.startsWith(SIGNATURE_FIELD)
        ? extension.substring(SIGNATURE_FIELD.length())
        : "";
  }

  private void endChunk() throws IOException {
    if (signatures.isPresent() && !signatures.get().endChunk(signature)) {
      throw S3Error.SIGNATURE_DOES_NOT_MATCH.refused();
    }
  }

  private void end() throws IOException {
    if (framing.kind.trailer()) {
      readTrailer();
    } else {
      expectLineEnd();
    }
    if (decoded != framing.declared) {
      throw S3Error.INCOMPLETE_BODY.refused();
    }
    if (source.read() >= 0) {
      throw S3Error.INCOMPLETE_BODY.refused("There is more after the last chunk.");
    }
    ended = true;
  }

  private void readTrailer() throws IOException {
    String line = readLine();
    for (int count = 0; !line.isEmpty(); count++, line = readLine()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, Math.max(colon, 0)).strip().toLowerCase(Locale.ROOT);
      if (name.isEmpty() || count >= MOST_TRAILERS || trailer.containsKey(name)) {
        throw S3Error.MALFORMED_TRAILER.refused();
      }
      trailer.put(name, line.substring(colon + 1).strip());
    }
    String given = trailer.remove(TRAILER_SIGNATURE);
    if (signatures.isPresent() && !signatures.get().endTrailer(trailer, given)) {
      throw S3Error.SIGNATURE_DOES_NOT_MATCH.refused();
    }
    if (!trailer.keySet().equals(framing.announced)) {
      throw S3Error.MALFORMED_TRAILER.refused();
    }
  }

  private void expectLineEnd() throws IOException {
    if (source.read() != '\r' || source.read() != '\n') {
      throw S3Error.INCOMPLETE_BODY.refused("A chunk is not as long as it says.");
    }
  }

  /// Reads up to a line feed; a carriage return before it is not part of the line.
  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder(96);
    for (int c = source.read(); c != '\n'; c = source.read()) {
      if (c < 0 || line.length() >= LONGEST_LINE) {
        throw S3Error.INCOMPLETE_BODY.refused();
      }
      line.append((char) c);
    }
    int last = line.length() - 1;
    if (last >= 0 && line.charAt(last) == '\r') {
      line.setLength(last);
    }
    return line.toString();
  }
}
