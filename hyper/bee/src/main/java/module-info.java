/// Hyperbee: an ordered map on a core ([cloud.bevy.hyper.bee.Bee]), byte for byte that of the
/// JavaScript package `hyperbee` 2.
module cloud.bevy.hyper.bee {
  requires static org.jspecify;
  requires transitive cloud.bevy.hyper.core;

  exports cloud.bevy.hyper.bee;
}
