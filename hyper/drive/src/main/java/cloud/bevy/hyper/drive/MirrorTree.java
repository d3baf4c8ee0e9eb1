package cloud.bevy.hyper.drive;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;

/// One side of a mirror: files and links by path. For one task at a time.
sealed interface MirrorTree permits DriveTree, DiskFolder {
  /// Looks at what there is now.
  default void refresh() {}

  /// The version that was made, where there are versions.
  default long made() {
    return 0;
  }

  /// All that there is to mirror, in the order of the paths' bytes. What [#write] and [#delete] do
  /// meanwhile to what came before is not seen.
  Iterator<MirrorFile> files(Folder folder) throws IOException;

  /// What is at a path.
  Optional<MirrorFile> find(String path) throws IOException;

  /// Begins to be changed.
  ///
  /// @param source where what comes is from
  /// @param clears whether what is in the way of a file is taken away
  void begin(MirrorTree source, boolean clears) throws IOException;

  /// Puts a file or a link in place of what is there.
  ///
  /// @throws RefusedException where it cannot be here; nothing has changed then
  void write(MirrorFile file) throws IOException, RefusedException;

  /// Gives what is here all that the other has, but for the bytes, which are the same.
  ///
  /// @throws RefusedException where that cannot be
  void adapt(MirrorFile here, MirrorFile other) throws IOException, RefusedException;

  /// Takes away what is here.
  ///
  /// @throws RefusedException where that cannot be
  void delete(MirrorFile here) throws IOException, RefusedException;

  /// Makes all of it durable.
  void finish() throws IOException;

  /// What a mirror leaves alone.
  final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;
    private final String reason;

    RefusedException(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }
}
