package cloud.bevy.product.node;

/// Which bevy this is.
public final class Build {
  /// The version of all its modules.
  public static final String VERSION = "0.1.0";

  private Build() {}
}
