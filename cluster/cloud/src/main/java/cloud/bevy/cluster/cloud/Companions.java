package cloud.bevy.cluster.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// Who joins what services hold for open clouds.
final class Companions {
  private final Map<Class<?>, List<BiConsumer<Cloud, Object>>> companions =
      new ConcurrentHashMap<>();

  <T> void add(Class<T> type, BiConsumer<Cloud, T> companion) {
    companions.merge(
        type,
        List.of((cloud, made) -> companion.accept(cloud, type.cast(made))),
        (before, more) -> {
          List<BiConsumer<Cloud, Object>> all = new ArrayList<>(before);
          all.addAll(more);
          return List.copyOf(all);
        });
  }

  /// Something was made.
  void join(Cloud cloud, Class<?> type, Object made) {
    companions.getOrDefault(type, List.of()).forEach(each -> each.accept(cloud, made));
  }
}
