package cloud.bevy.hyper.drive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// A file or a link on one side of a mirror.
///
/// @param path where it is
/// @param entry what it is; of a file on the disk without a blob
/// @param bytes what it has
/// @param refused why it cannot be mirrored, where that is so
record MirrorFile(String path, DriveEntry entry, Bytes bytes, Optional<String> refused) {
  /// A file's bytes.
  interface Bytes {
    /// How many there are.
    long size() throws IOException;

    InputStream open() throws IOException;

    /// Says that they will be read soon.
    default void expect() {}

    /// What a link has.
    static Bytes none() {
      return new Bytes() {
        @Override
        public long size() {
          return 0;
        }

        @Override
        public InputStream open() {
          return InputStream.nullInputStream();
        }
      };
    }
  }

  /// Whether both have the same bytes, which are read as far as they are the same.
  boolean sameBytes(MirrorFile other) throws IOException {
    if (bytes.size() != other.bytes.size()) {
      return false;
    }
    try (InputStream mine = bytes.open();
        InputStream theirs = other.bytes.open()) {
      return SameBytes.compare(mine, theirs);
    }
  }
}
