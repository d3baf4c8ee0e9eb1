package cloud.bevy.services.tables;

import org.jspecify.annotations.Nullable;

/// An item as it is stored: DynamoDB JSON, read only when somebody asks what it says, so that an
/// item that is wanted as it is goes from disk to socket without being understood.
public final class StoredItem {
  private final byte[] json;
  private @Nullable Item item;

  private StoredItem(byte[] json, @Nullable Item item) {
    this.json = json;
    this.item = item;
  }

  /// An item of its DynamoDB JSON, which is not looked at before somebody asks.
  public static StoredItem of(byte[] json) {
    return new StoredItem(json, null);
  }

  /// An item as it would be stored.
  public static StoredItem of(Item item) {
    return new StoredItem(ItemJson.bytes(item), item);
  }

  /// The item as DynamoDB JSON. Not to be changed.
  public byte[] json() {
    return json;
  }

  /// What it says.
  public Item item() {
    Item known = item;
    if (known == null) {
      known = ItemJson.item(json);
      item = known;
    }
    return known;
  }
}
