package cloud.bevy.services.functions;

import java.io.InputStream;

/// A file of a bundle.
///
/// @param path where it lies in the folder, with `/` between the names
/// @param size how many bytes it has
/// @param content exactly so many bytes, to be read before the bundle's next file
public record BundleFile(String path, long size, InputStream content) {}
