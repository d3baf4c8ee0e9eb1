package cloud.bevy.services.search;

import cloud.bevy.services.tables.Table;

/// A table and its index, as both were at one version.
record SearchView(Table table, SearchDefinition definition, Snapshot snapshot) {}
