package cloud.bevy.hyper.replication;

import cloud.bevy.hyper.core.Replica;

/// What the schedule must know of a core, from the core.
record ReplicaHere(Replica replica) implements Schedule.Here {
  @Override
  public long length() {
    return replica.tip().length();
  }

  @Override
  public long fork() {
    return replica.tip().fork();
  }

  @Override
  public boolean has(long block) {
    return replica.has(block);
  }

  @Override
  public boolean manifestKnown() {
    return replica.manifest().isPresent();
  }

  @Override
  public boolean followsForks() {
    return replica.followsForks();
  }
}
