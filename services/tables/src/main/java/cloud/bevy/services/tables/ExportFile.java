package cloud.bevy.services.tables;

/// A file of an export that is there.
///
/// @param object its name
/// @param items how many are in it
/// @param bytes what the items have, as tables count it
/// @param md5 of the file, in base64
/// @param etag without quotes
public record ExportFile(String object, long items, long bytes, String md5, String etag) {}
