/// Peers of npm's packages that a test starts, asks and kills. For tests; never shipped.
module cloud.bevy.testing.peers {
  requires static transitive org.jspecify;
  requires transitive com.fasterxml.jackson.databind;
  requires org.junit.jupiter.api;

  exports cloud.bevy.testing.peers;
}
