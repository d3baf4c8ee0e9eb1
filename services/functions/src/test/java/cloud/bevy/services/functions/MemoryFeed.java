package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The log of one table, in memory: it outlives machines that crash.
final class MemoryFeed implements FeedSource {
  final List<Change> log = new CopyOnWriteArrayList<>();
  final Set<String> followers = ConcurrentHashMap.newKeySet();
  volatile Place place = new Place("table-1", "stream-1", 0, 0);
  volatile boolean ended;
  volatile boolean gone;

  /// Writes a record, as a table does: whoever follows is woken durably, and then it is there.
  void write(Cloud cloud) {
    followers.forEach(cloud::wakeUnlessAsked);
    int number = log.size();
    byte[] json = ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8);
    log.add(new Change("s" + number, number, cloud.world().time().now(), json));
  }

  @Override
  public Optional<Beginnings> follow(Cloud cloud, FeedId feed, TableSpec table) {
    followers.add(feed.alarm());
    return Optional.of(new Beginnings(place, place, place.at(log.size())));
  }

  @Override
  public void unfollow(Cloud cloud, FeedId feed, String table, Place from) {
    followers.remove(feed.alarm());
  }

  @Override
  public Page read(Cloud cloud, TableSpec table, Place from, int most) {
    if (gone || !from.stream().equals(place.stream())) {
      return new Page.Gone();
    }
    int end = log.size();
    int begin = (int) from.next();
    int next = Math.min(end, begin + most);
    if (begin == end && ended) {
      return new Page.Ended();
    }
    return new Page.Read(List.copyOf(log.subList(begin, next)), from.at(next), next < end || ended);
  }
}
