package cloud.bevy.product.node;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.doors.http.Metrics;
import cloud.bevy.doors.mqtt.MqttDoor;
import cloud.bevy.doors.replication.ReplicationDoor;
import cloud.bevy.foundation.base.Time;
import cloud.bevy.foundation.http.HttpServer;
import cloud.bevy.hyper.store.StoreStatistics;
import cloud.bevy.services.buckets.EventCount;
import cloud.bevy.services.functions.FeedCount;
import cloud.bevy.services.messages.MessageCount;
import java.util.function.Supplier;

/// The numbers that the objects of a node keep anyway.
final class Gauges {
  private Gauges() {}

  static void ofClouds(Metrics metrics, Clouds clouds) {
    Supplier<StoreStatistics> store = clouds::statistics;
    gauge(metrics, "bevy_clouds_open", "Clouds that are awake.", clouds::openCount);
    gauge(metrics, "bevy_store_cores", "Cores on disk.", () -> store.get().cores());
    gauge(metrics, "bevy_store_segments", "Files of the store.", () -> store.get().segments());
    gauge(metrics, "bevy_store_bytes", "Bytes in the store.", () -> store.get().bytes());
    gauge(
        metrics,
        "bevy_store_live_bytes",
        "Bytes in the store that can still be read.",
        () -> store.get().liveBytes());
    counter(
        metrics,
        "bevy_store_batches_total",
        "Batches made durable since the start.",
        () -> store.get().batches());
    counter(
        metrics,
        "bevy_store_commits_total",
        "Group commits since the start.",
        () -> store.get().commits());
    counter(
        metrics,
        "bevy_store_syncs_total",
        "Times the disk was told to keep what was written.",
        () -> store.get().syncs());
    counter(
        metrics,
        "bevy_store_damage_total",
        "Damaged records met since the start.",
        () -> store.get().damage());
  }

  static void ofServer(Metrics metrics, HttpServer server) {
    gauge(metrics, "bevy_http_connections", "Open connections.", server::connections);
    gauge(metrics, "bevy_http_requests_in_flight", "Requests being handled.", server::inFlight);
  }

  static void ofReplication(Metrics metrics, ReplicationDoor door) {
    gauge(metrics, "bevy_replication_peers", "Peers that exchange Hypercores.", door::peers);
  }

  static void ofMessages(Metrics metrics, MqttDoor door, MessageCount count) {
    gauge(metrics, "bevy_mqtt_clients", "Clients of MQTT.", door::clients);
    counter(
        metrics, "bevy_messages_published_total", "Messages that were taken.", count::published);
    counter(
        metrics,
        "bevy_messages_delivered_total",
        "Messages and steps of messages that sessions were told of.",
        count::delivered);
    counter(
        metrics,
        "bevy_messages_dropped_total",
        "Messages that may get lost and did, or that were over before they were told.",
        count::dropped);
  }

  static void ofEvents(Metrics metrics, EventCount events) {
    counter(
        metrics,
        "bevy_events_taken_total",
        "Events of buckets that functions have taken.",
        events::taken);
    counter(
        metrics,
        "bevy_events_failed_total",
        "Events of buckets that a function has not taken and is told of again.",
        events::failed);
    counter(
        metrics,
        "bevy_events_dropped_total",
        "Events of buckets that no function has taken in time.",
        events::dropped);
  }

  static void ofFeeds(Metrics metrics, FeedCount feeds, Time time) {
    counter(
        metrics,
        "bevy_feeds_delivered_total",
        "Records of tables that functions have taken.",
        feeds::delivered);
    counter(
        metrics,
        "bevy_feeds_failed_total",
        "Batches of records that a function has not taken, or that could not be told.",
        feeds::failures);
    counter(
        metrics,
        "bevy_feeds_dead_letters_total",
        "Records of tables that no function has taken and that were put into a bucket.",
        feeds::deadLetters);
    gauge(
        metrics,
        "bevy_feeds_waiting",
        "Feeds of tables that wait to try something again.",
        feeds::waiting);
    gauge(
        metrics,
        "bevy_feeds_lag_seconds",
        "Age of the oldest record that such a feed has not delivered.",
        () -> feeds.lag(time.now()).toSeconds());
  }

  private static void gauge(Metrics metrics, String name, String help, Supplier<Number> read) {
    metrics.gauge(name, Metrics.Kind.GAUGE, help, () -> read.get().doubleValue());
  }

  private static void counter(Metrics metrics, String name, String help, Supplier<Number> read) {
    metrics.gauge(name, Metrics.Kind.COUNTER, help, () -> read.get().doubleValue());
  }
}
