package cloud.bevy.hyper.drive;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The files of a folder. What lies in folders below is skipped over where it is not wanted, not
/// read.
final class FolderFiles implements Iterator<DriveFile> {
  private final DriveView view;
  private final Folder folder;
  private final String prefix;
  private Iterator<DriveFile> files;
  private @Nullable DriveFile next;

  FolderFiles(DriveView view, Folder folder) {
    this.view = view;
    this.folder = folder;
    this.prefix = folder.prefix();
    this.files = view.list(Listing.under(prefix));
  }

  @Override
  public boolean hasNext() {
    while (next == null && files.hasNext()) {
      DriveFile file = files.next();
      int slash = folder.recursive() ? -1 : file.path().indexOf('/', prefix.length());
      if (slash >= 0) {
        files = view.list(Listing.under(prefix).past(file.path().substring(0, slash + 1)));
      } else if (!folder.ignored().test(file.path())) {
        next = file;
      }
    }
    return next != null;
  }

  @Override
  public DriveFile next() {
    DriveFile file = hasNext() ? next : null;
    if (file == null) {
      throw new NoSuchElementException("the folder ends here");
    }
    next = null;
    return file;
  }
}
