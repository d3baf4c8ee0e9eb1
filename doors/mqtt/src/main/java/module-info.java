/// The door for MQTT 3.1, 3.1.1 and 5.0, over TCP and over WebSockets.
module cloud.bevy.doors.mqtt {
  requires static org.jspecify;
  requires transitive cloud.bevy.cluster.cloud;
  requires transitive cloud.bevy.foundation.base;
  requires transitive cloud.bevy.foundation.http;
  requires transitive cloud.bevy.services.messages;
  requires cloud.bevy.hyper.store;

  exports cloud.bevy.doors.mqtt;
}
