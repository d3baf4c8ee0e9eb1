/// The command `bevy`.
module cloud.bevy.product.cli {
  requires static org.jspecify;
  requires cloud.bevy.foundation.base;
  requires cloud.bevy.foundation.http;
  requires cloud.bevy.product.node;
  requires cloud.bevy.services.functions;
  requires com.fasterxml.jackson.jr.ob;
  requires info.picocli;

  opens cloud.bevy.product.cli to
      info.picocli;
}
