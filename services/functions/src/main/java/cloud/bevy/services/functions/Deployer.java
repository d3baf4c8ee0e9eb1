package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Turns one bundle into an app: stores its files, makes its tables and buckets, tries its
/// function, and only then makes it the app of its name.
final class Deployer {
  private static final int MAX_MANIFEST = 256 << 10;
  private static final int MAX_MODULES = 32 << 20;

  private final Cloud cloud;
  private final Catalogue catalogue;
  private final Supervisor supervisor;
  private final Bindings bindings;
  private final FeedSetup feeds;

  /// @param feeds makes the feeds of its apps
  Deployer(Cloud cloud, Supervisor supervisor, Bindings bindings, FeedSetup feeds) {
    this.cloud = cloud;
    this.catalogue = new Catalogue(cloud);
    this.supervisor = supervisor;
    this.bindings = bindings;
    this.feeds = feeds;
  }

  /// What makes the feeds of its apps.
  FeedSetup feeds() {
    return feeds;
  }

  /// Deploys one bundle. Whatever goes wrong, the app that was there is still there.
  ///
  /// @throws IOException where the bundle cannot be read to its end
  Deployment deploy(InputStream bundle) throws IOException {
    try {
      BundleReader reader = new BundleReader(bundle);
      Optional<BundleFile> first = reader.next();
      boolean described = first.isPresent() && first.get().path().equals(Manifest.FILE);
      Manifest manifest =
          ManifestReader.read(described ? manifest(first.get()) : new byte[0], reader.folder());
      return deploy(manifest, described ? reader.next() : first, reader);
    } catch (Refusal refusal) {
      return new Deployment.Refused(String.valueOf(refusal.getMessage()));
    }
  }

  private Deployment deploy(Manifest manifest, Optional<BundleFile> first, BundleReader rest)
      throws IOException, Refusal {
    Optional<App> before = catalogue.find(manifest.name());
    App app = new App(manifest, place(before), cloud.world().time().now());
    AppFiles files = new AppFiles(cloud, app.place());
    try (AppFiles.Writing writing = files.write()) {
      store(first, rest, manifest, writing);
      check(manifest, writing.paths());
      writing.commit();
      prepare(app, files);
      feeds.make(manifest);
      catalogue.put(app);
      writing.keep();
    }
    // The files of the deployment before may still be on their way to somebody.
    before
        .flatMap(old -> old.place().previous())
        .ifPresent(old -> new AppFiles(cloud, old).delete());
    return new Deployment.Deployed(app, files.all().size());
  }

  private App.Place place(Optional<App> before) {
    return before
        .map(old -> old.place().next())
        .orElseGet(() -> new App.Place(AppFiles.newDrive(cloud.world()), 1));
  }

  private static byte[] manifest(BundleFile file) throws IOException, Refusal {
    if (file.size() > MAX_MANIFEST) {
      throw new Refusal(Manifest.FILE + " has more than " + MAX_MANIFEST + " bytes");
    }
    return file.content().readAllBytes();
  }

  private static void store(
      Optional<BundleFile> first, BundleReader rest, Manifest manifest, AppFiles.Writing files)
      throws IOException, Refusal {
    long modules = 0;
    for (Optional<BundleFile> next = first; next.isPresent(); next = rest.next()) {
      BundleFile file = next.get();
      if (LiveApp.isPublic(manifest, file.path())) {
        files.add(file);
      } else if (ModuleKind.of(file.path()).isPresent()) {
        modules += file.size();
        if (file.size() > LoadedApp.MAX_MODULE || modules > MAX_MODULES) {
          throw new Refusal(
              file.path() + " is too large: modules have at most 16 MiB each and 32 MiB together");
        }
        files.add(file);
      }
    }
  }

  private static void check(Manifest manifest, List<String> paths) throws Refusal {
    Optional<String> main = LiveApp.main(manifest, Set.copyOf(paths));
    if (main.isPresent() && !paths.contains(main.get())) {
      throw new Refusal("\"main\" is " + main.get() + ", but there is no such module");
    }
    if (main.isEmpty() && paths.stream().noneMatch(path -> LiveApp.isPublic(manifest, path))) {
      throw new Refusal(
          "there is nothing to deploy: neither a function.js nor files in "
              + manifest.publicFolder()
              + '/');
    }
    if (main.isEmpty() && manifest.fed()) {
      throw new Refusal("a table has a \"feed\", but there is no function to be told of it");
    }
  }

  private void prepare(App app, AppFiles files) throws Refusal {
    new Requirements(cloud, bindings).make(app.manifest().environment());
    Optional<LoadedApp> loaded = new LiveApp(0, app, files.all()).loaded(files);
    if (loaded.isPresent()) {
      try {
        supervisor.rehearse(loaded.get());
      } catch (FunctionFault fault) {
        throw new Refusal("the function does not start: " + fault.getMessage());
      }
    }
  }
}
