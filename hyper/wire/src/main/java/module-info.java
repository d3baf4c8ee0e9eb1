/// How the Hypercore stack writes things down: compact-encoding ([cloud.bevy.hyper.wire.Encoder],
/// [cloud.bevy.hyper.wire.Decoder]), keys that sort ([cloud.bevy.hyper.wire.IndexEncoder]) and keys
/// for people ([cloud.bevy.hyper.wire.Ids]).
module cloud.bevy.hyper.wire {
  requires static org.jspecify;

  exports cloud.bevy.hyper.wire;
}
