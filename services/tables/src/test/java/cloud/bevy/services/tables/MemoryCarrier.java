package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Carries items to and from lists that outlive the machine: what has been carried is there
/// whenever the machine crashes, as it is in a bucket.
final class MemoryCarrier implements Carrier {
  private final Map<Integer, List<ExportedItem>> files = new TreeMap<>();
  private final List<ImportedRecord> records = new ArrayList<>();
  private final int each;
  private List<ExportFile> concluded = List.of();
  private int stores;

  /// @param each how many items a file has
  MemoryCarrier(int each) {
    this.each = each;
  }

  /// What is in the files that the manifest names.
  List<ExportedItem> exported() {
    List<ExportedItem> all = new ArrayList<>();
    concluded.forEach(file -> all.addAll(files.get(Integer.parseInt(file.object()))));
    return all;
  }

  /// How often a file was stored.
  int stores() {
    return stores;
  }

  /// What is to be imported.
  void add(ImportedRecord record) {
    records.add(record);
  }

  @Override
  public void begin(Cloud cloud, Export export) {}

  @Override
  public ExportFile store(Cloud cloud, Export export, int number, Iterator<ExportedItem> items) {
    List<ExportedItem> file = new ArrayList<>();
    while (file.size() < each && items.hasNext()) {
      file.add(items.next());
    }
    files.put(number, file);
    stores++;
    return new ExportFile(Integer.toString(number), file.size(), 1, "md5", "etag");
  }

  @Override
  public void conclude(Cloud cloud, Export export, List<ExportFile> all) {
    concluded = List.copyOf(all);
  }

  @Override
  public ImportSource open(Cloud cloud, Import task, ImportPosition from) {
    return new Source(from.object().isEmpty() ? 0 : (int) from.records());
  }

  private final class Source implements ImportSource {
    private int next;

    Source(int next) {
      this.next = next;
    }

    @Override
    public Optional<ImportedRecord> next() {
      return next < records.size() ? Optional.of(records.get(next++)) : Optional.empty();
    }

    @Override
    public ImportPosition position() {
      return new ImportPosition("all", "etag", next, next);
    }

    @Override
    public void close() {}
  }
}
