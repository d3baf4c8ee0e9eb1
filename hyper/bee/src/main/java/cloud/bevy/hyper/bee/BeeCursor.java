package cloud.bevy.hyper.bee;

import java.util.Iterator;

/// The entries of a range, read as they are asked for. Keeps nothing open: it need not be closed.
/// For one task at a time.
public interface BeeCursor extends Iterator<BeeEntry> {}
