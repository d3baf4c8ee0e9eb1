package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.hyper.drive.BlobId;
import cloud.bevy.hyper.drive.DriveFile;
import cloud.bevy.hyper.drive.DriveView;
import cloud.bevy.hyper.drive.Listing;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Common prefixes, whose keys are passed over and not gone through.
class GroupsTest {
  private static final int GROUPS = 7;
  private static final int KEYS = 40; // of each

  @TempDir private Path folder;
  private TestBucket bucket;

  @BeforeEach
  void fill() {
    bucket = new TestBucket(folder);
    for (int group = 0; group < GROUPS; group++) {
      for (int key = 0; key < KEYS; key++) {
        bucket.put("in/%d/%02d".formatted(group, key), "text");
      }
    }
  }

  @AfterEach
  void close() {
    bucket.close();
  }

  @Test
  void ofEachGroupOneKeyIsRead() {
    CountedView view = new CountedView(bucket.bucket().drive().now());
    ListPage<StoredObject> page =
        ListPage.read(new ObjectSource(view), new ListQuery("in/", "/", ListPosition.START, 1000));
    assertThat(page.groups()).hasSize(GROUPS);
    assertThat(view.read).isEqualTo(GROUPS);
  }

  @Test
  void aPageThatIsFullReadsNoFurther() {
    CountedView view = new CountedView(bucket.bucket().drive().now());
    ListPage<StoredObject> page =
        ListPage.read(new ObjectSource(view), new ListQuery("", "", ListPosition.START, 10));
    assertThat(page.entries()).hasSize(10);
    assertThat(page.next()).isPresent();
    assertThat(view.read).isEqualTo(10);
  }

  /// Counts the entries that are read.
  private static final class CountedView implements DriveView {
    private final DriveView view;
    private int read;

    CountedView(DriveView view) {
      this.view = view;
    }

    @Override
    public Iterator<DriveFile> list(Listing listing) {
      Iterator<DriveFile> files = view.list(listing);
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return files.hasNext();
        }

        @Override
        public DriveFile next() {
          read++;
          return files.next();
        }
      };
    }

    @Override
    public long version() {
      return view.version();
    }

    @Override
    public Optional<DriveFile> entry(String path) {
      return view.entry(path);
    }

    @Override
    public long size(BlobId blob) {
      return view.size(blob);
    }

    @Override
    public InputStream read(BlobId blob, long from, long length) {
      return view.read(blob, from, length);
    }
  }
}
