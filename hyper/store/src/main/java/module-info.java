/// The storage engine of a machine: one [cloud.bevy.hyper.store.Store] holds the blocks, tree nodes
/// and heads of all its cores in one log, so that one `fsync` serves every writer that waits.
module cloud.bevy.hyper.store {
  requires static org.jspecify;
  requires transitive cloud.bevy.foundation.base;

  exports cloud.bevy.hyper.store;
}
