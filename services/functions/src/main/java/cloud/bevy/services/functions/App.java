package cloud.bevy.services.functions;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SequencedMap;

/// An app as it was last deployed.
///
/// @param manifest what it consists of
/// @param place where its files are
/// @param deployedAt when it was deployed
public record App(Manifest manifest, Place place, Instant deployedAt) {
  private static final long VERSION = 1;

  /// Where an app's files are: in a drive of the app's own, in one folder per deployment, so that
  /// the record in the catalogue is what switches from one deployment to the next.
  ///
  /// @param drive the drive's name
  /// @param deployment the number of the deployment, 1 for the first; also the folder's name
  public record Place(String drive, long deployment) {
    /// Where a file of the bundle is in the drive.
    String path(String file) {
      return "/" + deployment + "/" + file;
    }

    /// Where the deployment before this one is.
    Optional<Place> previous() {
      return deployment > 1 ? Optional.of(new Place(drive, deployment - 1)) : Optional.empty();
    }

    /// Where the deployment after this one goes.
    Place next() {
      return new Place(drive, deployment + 1);
    }
  }

  /// The app's name.
  public String name() {
    return manifest.name();
  }

  /// The record in the catalogue.
  byte[] bytes() {
    SequencedMap<String, Object> members = new LinkedHashMap<>();
    members.put("version", VERSION);
    members.put("drive", place.drive());
    members.put("deployment", place.deployment());
    members.put("deployedAt", deployedAt.toString());
    members.put("manifest", ManifestReader.members(manifest));
    return Json.bytes(members);
  }

  /// Reads a record of the catalogue.
  ///
  /// @throws FunctionFault if it was written by a newer version, or is damaged
  static App read(byte[] bytes) {
    try {
      return read(new Section("the record of an app", Json.object(bytes)));
    } catch (IOException | Refusal | DateTimeException | NoSuchElementException damaged) {
      throw FunctionFault.unreadableRecord(String.valueOf(damaged.getMessage()));
    }
  }

  private static App read(Section record) throws Refusal {
    if (record.number("version") != VERSION) {
      throw new Refusal("it is of version " + record.number("version"));
    }
    Place place = new Place(record.text("drive").orElseThrow(), record.number("deployment"));
    byte[] manifest = Json.bytes(record.section("manifest").members());
    Instant deployedAt = Instant.parse(record.text("deployedAt").orElseThrow());
    return new App(ManifestReader.read(manifest, ""), place, deployedAt);
  }
}
