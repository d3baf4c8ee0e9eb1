/// HTTP/1.1 at the edge of sockets: Netty reads and writes them, handlers are blocking code on
/// virtual threads.
module cloud.bevy.foundation.http {
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires static org.jspecify;
  requires transitive cloud.bevy.foundation.base;

  exports cloud.bevy.foundation.http;
}
