/// Encrypted streams between two key pairs, as `@hyperswarm/secret-stream` has them: a
/// [cloud.bevy.hyper.stream.SecretStream] over any [cloud.bevy.hyper.stream.Duplex].
module cloud.bevy.hyper.stream {
  requires static org.jspecify;
  requires transitive cloud.bevy.foundation.base;
  requires transitive cloud.bevy.foundation.crypto;

  exports cloud.bevy.hyper.stream;
}
