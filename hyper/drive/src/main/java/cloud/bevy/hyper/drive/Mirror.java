package cloud.bevy.hyper.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Makes one side as the other is: files with their bytes, whether they may be run, and links. Only
/// what differs is copied; sizes are compared first, then bytes. What is only on the target's side
/// is taken away, unless it is to be kept. Have one mirror into a folder at a time.
///
/// A folder of the disk is safe from the drive, whoever wrote it: no file is read, written or
/// deleted outside of it, no link in it is followed, and a link that leads out of it is refused, as
/// is a path that is not in its usual form. A file is replaced in one step, so that a reader, and
/// whoever starts after a crash, sees the old one or the new one. Links that are absolute in the
/// drive begin at the folder. Other metadata than the executable bit has no place on the disk.
public final class Mirror {
  /// How many files that may be elsewhere are fetched ahead.
  private static final int AHEAD = 32;

  private final MirrorTree source;
  private final MirrorTree target;
  private final Folder folder;
  private final boolean keeps;
  private final OptionalLong since;

  private Mirror(
      MirrorTree source, MirrorTree target, Folder folder, boolean keeps, OptionalLong since) {
    this.source = source;
    this.target = target;
    this.folder = folder;
    this.keeps = keeps;
    this.since = since;
  }

  static Mirror of(MirrorTree source, MirrorTree target) {
    return new Mirror(source, target, Folder.top(), false, OptionalLong.empty());
  }

  /// Only what is in a folder and below. Paths are the same on both sides.
  public Mirror under(String path) {
    return new Mirror(source, target, new Folder(path, true, folder.ignored()), keeps, since);
  }

  /// Leaves paths alone on both sides.
  public Mirror ignoring(Predicate<String> paths) {
    return new Mirror(source, target, folder.ignoring(paths), keeps, since);
  }

  /// Keeps what is only on the target's side. Where it is in the way of a file, the file is
  /// refused.
  public Mirror keeping() {
    return new Mirror(source, target, folder, true, since);
  }

  /// Looks only at what has changed in the source, a drive, since a version of it that the target
  /// was made from.
  ///
  /// @param version what [MirrorReport#version] of that mirror said
  /// @throws IllegalArgumentException where the source is not a drive
  public Mirror since(long version) {
    if (!(source instanceof DriveTree)) {
      throw new IllegalArgumentException("a folder of the disk has no versions");
    }
    return new Mirror(source, target, folder, keeps, OptionalLong.of(version));
  }

  /// Does it, and waits until it is durable.
  ///
  /// @throws IOException where the disk fails; what was copied before stays
  public MirrorReport run() throws IOException {
    Run run = new Run();
    source.refresh();
    target.refresh();
    target.begin(source, !keeps);
    try {
      if (since.isPresent() && source instanceof DriveTree drive) {
        run.changed(drive.changed(since.getAsLong(), folder));
      } else {
        run.all(new Ahead(source.files(folder)), target.files(folder));
      }
    } catch (UncheckedIOException e) { // of an iterator
      throw e.getCause();
    } finally {
      target.finish(); // what was copied stays, whatever happened then
    }
    return run.report();
  }

  private static int order(MirrorFile first, MirrorFile second) {
    return Arrays.compareUnsigned(EntryView.key(first.path()), EntryView.key(second.path()));
  }

  /// What happens once.
  private final class Run {
    private final List<MirrorReport.Refusal> refusals = new ArrayList<>();
    private long same;
    private long added;
    private long changed;
    private long deleted;
    private long refused;

    /// Goes through both sides, which have the same order, at the same time.
    void all(Iterator<MirrorFile> theirs, Iterator<MirrorFile> ours) throws IOException {
      @Nullable MirrorFile left = next(theirs);
      @Nullable MirrorFile right = next(ours);
      while (left != null || right != null) {
        int order = left == null ? 1 : right == null ? -1 : order(left, right);
        if (left != null && order <= 0) {
          copy(left, order == 0 ? Optional.ofNullable(right) : Optional.empty());
        } else if (right != null) {
          delete(right);
        }
        left = order <= 0 ? next(theirs) : left;
        right = order >= 0 ? next(ours) : right;
      }
    }

    private static @Nullable MirrorFile next(Iterator<MirrorFile> files) {
      return files.hasNext() ? files.next() : null;
    }

    void changed(Iterator<DriveTree.Changed> paths) throws IOException {
      while (paths.hasNext()) {
        DriveTree.Changed path = paths.next();
        Optional<MirrorFile> here = target.find(path.path());
        if (path.file().isPresent()) {
          copy(path.file().get(), here);
        } else if (here.isPresent()) {
          delete(here.get());
        }
      }
    }

    private void copy(MirrorFile file, Optional<MirrorFile> here) throws IOException {
      try {
        refuse(file);
        if (here.isEmpty()) {
          target.write(file);
          added++;
        } else {
          change(file, here.get());
        }
      } catch (MirrorTree.RefusedException e) {
        refuse(file.path(), e.reason());
      }
    }

    private void change(MirrorFile file, MirrorFile here)
        throws IOException, MirrorTree.RefusedException {
      if (here.refused().isPresent() || !sameContent(file, here)) {
        target.write(file);
        changed++;
      } else if (sameRest(file.entry(), here.entry())) {
        same++;
      } else {
        target.adapt(here, file);
        changed++;
      }
    }

    private boolean sameContent(MirrorFile file, MirrorFile here) throws IOException {
      Optional<String> link = file.entry().linkname();
      Optional<String> other = here.entry().linkname();
      if (link.isPresent() || other.isPresent()) {
        return link.equals(other) || sameOnDisk(file.path(), link, other);
      }
      return file.sameBytes(here);
    }

    private boolean sameOnDisk(String path, Optional<String> link, Optional<String> other) {
      Optional<String> written = link.flatMap(it -> DiskLinks.write(path, it));
      return !betweenDrives()
          && written.isPresent()
          && written.equals(other.flatMap(it -> DiskLinks.write(path, it)));
    }

    private boolean sameRest(DriveEntry entry, DriveEntry here) {
      boolean rights = entry.linkname().isPresent() || entry.executable() == here.executable();
      return rights && (!betweenDrives() || entry.metadata().equals(here.metadata()));
    }

    private boolean betweenDrives() {
      return source instanceof DriveTree && target instanceof DriveTree;
    }

    private void delete(MirrorFile here) throws IOException {
      if (keeps) {
        return;
      }
      try {
        target.delete(here);
        deleted++;
      } catch (MirrorTree.RefusedException e) {
        refuse(here.path(), e.reason());
      }
    }

    private static void refuse(MirrorFile file) throws MirrorTree.RefusedException {
      if (file.refused().isPresent()) {
        throw new MirrorTree.RefusedException(file.refused().get());
      }
    }

    private void refuse(String path, String reason) {
      refused++;
      if (refusals.size() < MirrorReport.MOST_REFUSALS) {
        refusals.add(new MirrorReport.Refusal(path, reason));
      }
    }

    MirrorReport report() {
      long version = source instanceof DriveTree drive ? drive.seen() : target.made();
      return new MirrorReport(version, same, added, changed, deleted, refused, refusals);
    }
  }

  /// The files of a side, some of which are fetched before they are asked for.
  private static final class Ahead implements Iterator<MirrorFile> {
    private final Iterator<MirrorFile> files;
    private final Deque<MirrorFile> expected = new ArrayDeque<>();

    Ahead(Iterator<MirrorFile> files) {
      this.files = files;
    }

    @Override
    public boolean hasNext() {
      return !expected.isEmpty() || files.hasNext();
    }

    @Override
    public MirrorFile next() {
      while (expected.size() < AHEAD && files.hasNext()) {
        MirrorFile file = files.next();
        file.bytes().expect();
        expected.addLast(file);
      }
      return expected.removeFirst();
    }
  }
}
