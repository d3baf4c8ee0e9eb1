/// Cryptography that the JDK lacks or does too slowly, bit for bit as libsodium has it: hashes
/// ([cloud.bevy.foundation.crypto.Blake2b]), signatures ([cloud.bevy.foundation.crypto.Ed25519]),
/// ciphers ([cloud.bevy.foundation.crypto.XSalsa20], [cloud.bevy.foundation.crypto.FrameSealer])
/// and what the Noise protocol needs.
module cloud.bevy.foundation.crypto {
  requires static java.management;
  requires static jdk.management;
  requires static org.jspecify;
  requires org.bouncycastle.provider;

  exports cloud.bevy.foundation.crypto;
}
