package cloud.bevy.services.buckets;

import java.util.Optional;

/// One of the pieces that an object was uploaded in.
///
/// @param number 1 to 10,000
/// @param nonce with which its bytes are encrypted; zero where they are not
public record ObjectPart(int number, long size, Optional<Checksum> checksum, long nonce) {}
