package cloud.bevy.hyper.mux;

import java.util.HexFormat;
import java.util.List;

/// What a channel speaks, and about what: both sides name the same to be paired.
///
/// @param name of the protocol, as `hypercore/alpha`
/// @param id of the thing spoken about, as a discovery key; empty for none
/// @param aliases other names under which the other side may open the same channel
public record Protocol(String name, byte[] id, List<String> aliases) {
  /// Copies what must not change.
  public Protocol {
    id = id.clone();
    aliases = List.copyOf(aliases);
  }

  /// A protocol without aliases.
  public Protocol(String name, byte[] id) {
    this(name, id, List.of());
  }

  /// A copy of the id.
  @Override
  public byte[] id() {
    return id.clone();
  }

  /// Names the protocol, and the id in hex.
  @Override
  public String toString() {
    return name + "##" + HexFormat.of().formatHex(id);
  }
}
