package cloud.bevy.services.buckets;

/// What the checksum of an object uploaded in parts is to be.
///
/// @param composite whether it is that of the parts' checksums rather than of the bytes
public record ChecksumPlan(ChecksumAlgorithm algorithm, boolean composite) {
  /// Checks that the algorithm can do it.
  public ChecksumPlan {
    if (!possible(algorithm, composite)) {
      throw new IllegalArgumentException(algorithm + " with composite " + composite);
    }
  }

  /// Whether an algorithm can do it: other hashes than CRCs do not combine, and CRC64NVME is never
  /// composite.
  public static boolean possible(ChecksumAlgorithm algorithm, boolean composite) {
    return composite ? algorithm != ChecksumAlgorithm.CRC64NVME : algorithm.combines();
  }
}
