package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.buckets.BucketSummary;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.ListPage;
import cloud.bevy.services.buckets.ListPosition;
import cloud.bevy.services.buckets.ListQuery;
import cloud.bevy.services.tables.Backup;
import cloud.bevy.services.tables.TableNames;
import cloud.bevy.services.tables.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET contents?cloud=NAME`: the names of a cloud's buckets and tables, and the ids of backups
/// whose tables were deleted.
public final class ListContents implements ControlOperation {
  private static final int PAGE = 1000;

  private final Clouds clouds;

  /// @param clouds what is listed
  public ListContents(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("GET") && path.equals("contents");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    try (Lease lease = NamedCloud.open(clouds, request)) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("buckets", buckets(lease.cloud()));
      fields.put("tables", tables(lease.cloud()));
      fields.put(
          "backups",
          Tables.of(lease.cloud()).backups().ofDeleted().stream().map(Backup::id).toList());
      return fields;
    }
  }

  private static List<String> buckets(Cloud cloud) {
    List<String> names = new ArrayList<>();
    ListPosition from = ListPosition.START;
    while (true) {
      ListPage<BucketSummary> page = Buckets.in(cloud).list(new ListQuery("", "", from, PAGE));
      page.entries().forEach(bucket -> names.add(bucket.name().text()));
      if (page.next().isEmpty()) {
        return names;
      }
      from = page.next().get();
    }
  }

  private static List<String> tables(Cloud cloud) {
    List<String> names = new ArrayList<>();
    while (true) {
      String after = names.isEmpty() ? "" : names.getLast();
      TableNames page = Tables.of(cloud).list(after, PAGE);
      names.addAll(page.names());
      if (!page.more()) {
        return names;
      }
    }
  }
}
