package cloud.bevy.hyper.drive;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The names in a folder, of files and of folders, each once. Of each folder below one entry is
/// read.
final class FolderNames implements Iterator<String> {
  private final DriveView view;
  private final String prefix;
  private Iterator<DriveFile> files;

  /// The names so far that others may still begin with, each beginning with the one before: a file
  /// `a`, then `a.b`, then the folder `a`.
  private final Deque<String> begun = new ArrayDeque<>();

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
      next = isNew(name) ? name : null;
    }
    return next != null;
  }

  private boolean isNew(String name) {
    while (!begun.isEmpty() && !name.startsWith(begun.getLast())) {
      begun.removeLast();
    }
    if (!begun.isEmpty() && begun.getLast().equals(name)) {
      return false;
    }
    begun.addLast(name);
    return true;
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
