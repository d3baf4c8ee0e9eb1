package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.BeeEntry;

/// A part as it is stored, with its number.
record StoredPart(int number, PartRecord record) {
  static StoredPart read(BeeEntry entry) {
    return new StoredPart(UploadKeys.number(entry.key()), PartRecord.read(entry.value()));
  }

  UploadedPart uploaded() {
    return new UploadedPart(
        number, record.etag(), record.size(), record.modified(), record.checksum());
  }
}
