package cloud.bevy.foundation.base;

import java.io.IOException;

/// No space is left on the disk (ENOSPC). Nothing that was on the disk is lost.
public final class DiskFullException extends IOException {
  private static final long serialVersionUID = 1;

  /// @param message which file, and what was to be written
  public DiskFullException(String message, Throwable cause) {
    super(message, cause);
  }

  /// @param message which file, and what was to be written
  public DiskFullException(String message) {
    super(message);
  }
}
