package cloud.bevy.product.cli;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ISetter;

/// Takes the value of an option where the command is put together without annotations.
final class Setting<T> implements ISetter {
  private final Class<T> type;
  private final Consumer<T> taker;

  private Setting(Class<T> type, Consumer<T> taker) {
    this.type = type;
    this.taker = taker;
  }

  static <T> ISetter of(Class<T> type, Consumer<T> taker) {
    return new Setting<>(type, taker);
  }

  /// Picocli sets an option that is not given to nothing, which leaves the default as it is.
  @Override
  @SuppressWarnings("TypeParameterUnusedInFormals")
  public <V> @Nullable V set(@Nullable V value) {
    if (value != null) {
      taker.accept(type.cast(value));
    }
    return value;
  }
}
