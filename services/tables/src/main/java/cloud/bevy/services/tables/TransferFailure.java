package cloud.bevy.services.tables;

import java.time.Instant;

/// Why an export or an import cannot go on: it is ended with this, for whoever asked for it to see.
public final class TransferFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;

  /// @param code what kind of failure it is: `S3NoSuchBucket`
  public TransferFailure(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  TransferEnd at(Instant moment) {
    return new TransferEnd(moment, code, String.valueOf(getMessage()));
  }
}
