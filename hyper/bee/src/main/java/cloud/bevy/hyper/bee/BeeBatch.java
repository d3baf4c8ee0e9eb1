package cloud.bevy.hyper.bee;

import cloud.bevy.hyper.core.Handover;
import cloud.bevy.hyper.store.Ticket;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Changes that become durable together or not at all. While a batch is open no other writes: what
/// it reads is what it will change. It sees what was appended before, durable or not, and its own
/// changes. For one task at a time, to be closed soon.
///
/// A cursor of a batch is good until the next change.
public final class BeeBatch implements BeeEditor, AutoCloseable {
  /// The largest key and value together, in bytes: JavaScript's hypercore takes blocks of 15 MiB.
  public static final int MAX_ENTRY_BYTES = (15 << 20) - (64 << 10);

  private final Bee bee;
  private final WriterBlocks blocks;
  private @Nullable WriteTree tree;
  private boolean open = true;

  BeeBatch(Bee bee, WriterBlocks blocks) {
    this.bee = bee;
    this.blocks = blocks;
  }

  /// The version this batch will have made.
  @Override
  public long version() {
    return tree().next();
  }

  @Override
  public Optional<BeeEntry> get(byte[] key) {
    WriteTree known = tree();
    long sequence = Page.find(known.root(), key, blocks);
    return sequence < 0 ? Optional.empty() : Optional.of(entry(known, sequence));
  }

  @Override
  public BeeCursor range(Range range) {
    return new TreeCursor(new Changing(tree()), range);
  }

  @Override
  public long put(byte[] key, byte[] value) {
    if ((long) key.length + value.length > MAX_ENTRY_BYTES) {
      throw new IllegalArgumentException(
          "a key of %d bytes and a value of %d are more than the limit of %d"
              .formatted(key.length, value.length, MAX_ENTRY_BYTES));
    }
    WriteTree known = tree();
    long sequence = known.next();
    known.put(key.clone(), value.clone());
    return sequence;
  }

  @Override
  public boolean delete(byte[] key) {
    return tree().delete(key.clone());
  }

  @Override
  public BeeEditor sub(byte[] name) {
    return new SubEditor(this, Sub.prefix(name));
  }

  /// Appends the changes and ends the batch. Others see them once they are durable.
  ///
  /// @return says when the changes are durable, and everything that this batch could see
  public Ticket commit() {
    return commit(List.of());
  }

  /// The same for changes that are to be durable only where other things are, which the same store
  /// has: a failure of these is one of the batch.
  ///
  /// @param behind of other cores
  public Ticket commit(List<Handover> behind) {
    WriteTree known = tree();
    open = false;
    try {
      return known.pending().isEmpty() ? bee.settled() : bee.append(blocks.end(), known, behind);
    } finally {
      bee.end();
    }
  }

  /// Ends the batch. What was not committed is forgotten.
  @Override
  public void close() {
    if (open) {
      open = false;
      bee.end();
    }
  }

  private BeeEntry entry(WriteTree known, long sequence) {
    return known.made(sequence) ? known.entry(sequence) : blocks.block(sequence).entry(blocks);
  }

  private WriteTree tree() {
    if (!open) {
      throw new IllegalStateException("the batch was committed or closed");
    }
    WriteTree known = tree;
    if (known == null) {
      long end = blocks.end();
      WritePage root = end < 2 ? WritePage.empty() : WritePage.of(blocks.block(end - 1).page(0));
      known = new WriteTree(blocks, root, Math.max(1, end));
      tree = known;
    }
    return known;
  }

  /// What a cursor sees of the batch until it is changed.
  private final class Changing implements TreeCursor.Source {
    private final WriteTree of;
    private final long version;

    Changing(WriteTree of) {
      this.of = of;
      this.version = of.next();
    }

    @Override
    public Page root() {
      return of.root();
    }

    @Override
    public Blocks blocks() {
      return blocks;
    }

    @Override
    public BeeEntry entry(long sequence) {
      if (!open || of.next() != version) {
        throw new IllegalStateException("the batch was changed: take a new cursor");
      }
      return BeeBatch.this.entry(of, sequence);
    }
  }
}
