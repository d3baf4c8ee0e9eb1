package cloud.bevy.hyper.drive;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The names in a folder, of files and of folders, each once. Of each folder below one entry is
/// read.
final class FolderNames implements Iterator<String> {
  private final DriveView view;
  private final String prefix;
  private Iterator<DriveFile> files;
  private @Nullable String last;
  private @Nullable String next;

  FolderNames(DriveView view, String folder) {
    this.view = view;
    this.prefix = DrivePath.folder(folder) + "/";
    this.files = view.list(Listing.under(prefix));
  }

  @Override
  public boolean hasNext() {
    while (next == null && files.hasNext()) {
      String rest = files.next().path().substring(prefix.length());
      int slash = rest.indexOf('/');
      String name = slash < 0 ? rest : rest.substring(0, slash);
      if (slash >= 0) {
        files = view.list(Listing.under(prefix).past(prefix + name + "/"));
      }
      if (!name.equals(last)) {
        next = name;
        last = name;
      }
    }
    return next != null;
  }

  @Override
  public String next() {
    String name = hasNext() ? next : null;
    if (name == null) {
      throw new NoSuchElementException("the folder ends here");
    }
    next = null;
    return name;
  }
}
