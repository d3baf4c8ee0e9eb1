/// HTTP/1.1 at the edge of sockets: Netty reads and writes them, handlers are blocking code on
/// virtual threads.
module cloud.bevy.foundation.http {
  requires static org.jspecify;
  requires transitive cloud.bevy.foundation.base;

  exports cloud.bevy.foundation.http;
}
