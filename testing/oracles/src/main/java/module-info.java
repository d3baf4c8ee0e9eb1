/// Knows what must be true, and tells when it is not. For tests; never shipped.
module cloud.bevy.testing.oracles {
  requires static transitive org.jspecify;
  // The tests that read the house's sources do so with the compiler.
  requires static jdk.compiler;

  exports cloud.bevy.testing.oracles;
}
