package cloud.bevy.services.search;

/// What is searched, and its index, as both were at one version.
record SearchView(Indexed source, Snapshot snapshot) {
  /// What is in the index.
  SearchDefinition definition() {
    return source.definition();
  }
}
