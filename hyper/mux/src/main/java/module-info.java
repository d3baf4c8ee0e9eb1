/// Many channels on one stream of messages, as `protomux` has them: a [cloud.bevy.hyper.mux.Mux]
/// over a [cloud.bevy.hyper.stream.MessageStream].
module cloud.bevy.hyper.mux {
  requires static org.jspecify;
  requires transitive cloud.bevy.foundation.base;
  requires transitive cloud.bevy.hyper.stream;
  requires transitive cloud.bevy.hyper.wire;

  exports cloud.bevy.hyper.mux;
}
