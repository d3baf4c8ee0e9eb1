/// Cryptography that the JDK lacks or does too slowly: [cloud.bevy.foundation.crypto.Blake2b] and
/// [cloud.bevy.foundation.crypto.Ed25519], bit for bit as libsodium has them.
module cloud.bevy.foundation.crypto {
  requires static org.jspecify;
  requires org.bouncycastle.provider;

  exports cloud.bevy.foundation.crypto;
}
