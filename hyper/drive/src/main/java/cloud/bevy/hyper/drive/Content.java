package cloud.bevy.hyper.drive;

import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeFault;
import cloud.bevy.hyper.bee.BeeHeader;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.core.Manifest;
import cloud.bevy.hyper.core.Registration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// The core with a drive's files. Of a drive that is known by its key alone, its own key has to be
/// found out.
sealed interface Content {
  /// The core, once it is known. Waits for what it takes to know it.
  ///
  /// @throws DriveFault where it cannot be known
  /// @throws BeeFault where the drive's first block cannot be had
  Core core();

  /// The core, if it is known without waiting.
  Optional<Core> known();

  /// The same, found out by way of another bee on the same core.
  Content of(Bee bee);

  /// Has the core followed from when it is known, until what is returned is closed.
  Registration follow(Function<Core, Registration> follow);

  /// A core that was known from the start.
  record Given(Core core) implements Content {
    @Override
    public Optional<Core> known() {
      return Optional.of(core);
    }

    @Override
    public Content of(Bee bee) {
      return this;
    }

    @Override
    public Registration follow(Function<Core, Registration> follow) {
      return follow.apply(core);
    }
  }

  /// A core that the drive's entries name: old drives by the key in their header, others by the
  /// manifest of the core with the entries.
  ///
  /// @param followers who follows it, and the core once it is found
  record Named(Bee bee, Corestore cores, Optional<byte[]> encryptionKey, Followers followers)
      implements Content {
    private static final int KEY = 32;

    @Override
    public Content of(Bee other) {
      return new Named(other, cores, encryptionKey, followers);
    }

    @Override
    public Registration follow(Function<Core, Registration> follow) {
      known();
      return followers.follow(follow);
    }

    @Override
    public Optional<Core> known() {
      Optional<Core> known = followers.core();
      return known.isEmpty() && bee.core().has(0) ? Optional.of(core()) : known;
    }

    @Override
    public Core core() {
      Optional<Core> known = followers.core();
      if (known.isPresent()) {
        return known.get();
      }
      Core found = find();
      encryptionKey.ifPresent(found::encryptedWith);
      followers.found(found);
      return found;
    }

    private Core find() {
      Optional<byte[]> old =
          bee.header()
              .orElseThrow(() -> malformed("its first block is not that of a bee"))
              .metadata()
              .flatMap(BeeHeader.Metadata::contentFeed);
      if (old.isPresent()) {
        if (old.get().length < KEY) {
          throw malformed("its header names its contents with " + old.get().length + " bytes");
        }
        return cores.remote(Arrays.copyOf(old.get(), KEY));
      }
      byte[] key = bee.core().key();
      Manifest manifest =
          bee.core()
              .knownManifest()
              .filter(it -> it.version() > 0 && Arrays.equals(it.key(), key))
              .orElseThrow(() -> malformed("it does not say where its contents are"));
      return cores.core(Drive.contentManifest(manifest, key));
    }

    private static DriveFault malformed(String reason) {
      return new DriveFault(DriveFault.Kind.MALFORMED, "the core is not a drive: " + reason);
    }
  }
}
