/// The command `bevy`.
module cloud.bevy.product.cli {
  requires static org.jspecify;
  requires cloud.bevy.doors.aws;
  requires cloud.bevy.doors.replication;
  requires cloud.bevy.foundation.base;
  requires cloud.bevy.foundation.crypto;
  requires cloud.bevy.foundation.http;
  requires cloud.bevy.hyper.bee;
  requires cloud.bevy.hyper.core;
  requires cloud.bevy.hyper.drive;
  requires cloud.bevy.hyper.replication;
  requires cloud.bevy.hyper.store;
  requires cloud.bevy.hyper.stream;
  requires cloud.bevy.hyper.wire;
  requires cloud.bevy.product.node;
  requires cloud.bevy.services.functions;
  requires cloud.bevy.services.tables;
  requires com.fasterxml.jackson.jr.ob;
  requires info.picocli;

  opens cloud.bevy.product.cli to
      info.picocli;
}
