/// Hypercores: signed append-only logs ([cloud.bevy.hyper.core.Core]), byte for byte those of the
/// JavaScript package of that name, and the key derivation that names them
/// ([cloud.bevy.hyper.core.Corestore]).
module cloud.bevy.hyper.core {
  requires static org.jspecify;
  requires transitive cloud.bevy.foundation.base;
  requires transitive cloud.bevy.foundation.crypto;
  requires transitive cloud.bevy.hyper.store;
  requires transitive cloud.bevy.hyper.wire;

  exports cloud.bevy.hyper.core;
}
