/// Hyperdrive: a file system on cores ([cloud.bevy.hyper.drive.Drive]), byte for byte that of the
/// JavaScript packages `hyperdrive` 13 and `hyperblobs` 2.
module cloud.bevy.hyper.drive {
  requires static org.jspecify;
  requires transitive cloud.bevy.hyper.bee;

  exports cloud.bevy.hyper.drive;
}
