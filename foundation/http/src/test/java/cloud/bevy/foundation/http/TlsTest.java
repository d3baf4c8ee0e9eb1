package cloud.bevy.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.http.WebSocket.Message;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A client of a server that is behind TLS, as a reverse proxy puts it.
class TlsTest extends ServerTest {
  private static final String PASSWORD = "password";
  private static final int LARGE = 1 << 20;

  @TempDir private Path folder;
  private SSLContext context;
  private X509Certificate certificate;
  private InetSocketAddress front;

  @BeforeEach
  void listen() throws Exception {
    KeyStore store = certificate(folder.resolve("store.p12"));
    certificate = (X509Certificate) store.getCertificate("home");
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD.toCharArray());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    HttpServer server =
        serve(exchange -> {
          var socket = exchange.webSocket(WebSocketTerms.MESSAGES);
          if (socket.isPresent()) {
            echo(socket.get());
          }
        });
    SSLServerSocket listener =
        (SSLServerSocket) keep(context.getServerSocketFactory().createServerSocket(0));
    front = new InetSocketAddress("127.0.0.1", listener.getLocalPort());
    Thread.ofVirtual().start(() -> forward(listener, server.address()));
  }

  private static KeyStore certificate(Path path) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                path.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "home",
                "-keyalg",
                "EC",
                "-dname",
                "CN=home",
                "-ext",
                "SAN=ip:127.0.0.1,dns:home")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream from = Files.newInputStream(path)) {
      store.load(from, PASSWORD.toCharArray());
    }
    KeyStore both = KeyStore.getInstance("PKCS12");
    both.load(null, null);
    both.setCertificateEntry("trusted", store.getCertificate("home"));
    both.setKeyEntry(
        "home",
        store.getKey("home", PASSWORD.toCharArray()),
        PASSWORD.toCharArray(),
        store.getCertificateChain("home"));
    return both;
  }

  private static void forward(SSLServerSocket listener, InetSocketAddress server) {
    try {
      while (true) {
        Socket outside = listener.accept();
        Socket inside = new Socket(server.getAddress(), server.getPort());
        Thread.ofVirtual().start(() -> pump(outside, inside));
        Thread.ofVirtual().start(() -> pump(inside, outside));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException broken) {
      // The other side has been told by the close.
    }
  }

  private static void echo(WebSocket socket) throws IOException {
    for (var next = socket.receive(); next.isPresent(); next = socket.receive()) {
      if (next.get() instanceof Message.Binary(byte[] bytes)) {
        socket.send(ByteBuffer.wrap(bytes));
      }
    }
  }

  private WebSocket open(HttpClient client, String host) throws IOException {
    ClientRequest request = ClientRequest.of("GET", "/talk");
    request.headers().set("Host", host);
    TlsAddress peer = TlsAddress.of(front, host);
    return keep(keep(client).webSocket(peer, request, WebSocketTerms.MESSAGES, LONG));
  }

  @Test
  void aWebSocketGoesThroughTls() throws Exception {
    byte[] large = new byte[LARGE];
    for (String host : new String[] {"127.0.0.1", "home"}) {
      WebSocket socket = open(HttpClient.open(world, () -> context), host);
      socket.send(ByteBuffer.wrap(large));
      assertThat(socket.receive())
          .get()
          .isInstanceOfSatisfying(
              Message.Binary.class, it -> assertThat(it.bytes()).isEqualTo(large));
    }
  }

  @Test
  void aCertificateOfNobodyIsRefused() {
    assertThatThrownBy(() -> open(HttpClient.open(world), "home"))
        .isInstanceOf(SSLException.class)
        .hasMessage(
            "no TLS connection to home:"
                + front.getPort()
                + ": nobody who is trusted here has signed its certificate");
  }

  @Test
  void aCertificateInAFileIsTrustedBesideTheUsualOnes() throws Exception {
    Path file = folder.resolve("home.pem");
    Files.writeString(file, "Subject: CN=home\n" + pem(certificate.getEncoded()) + "\n");
    Authorities usual = Authorities.usual(world.disk());
    open(HttpClient.open(world, usual.and(file)), "home").close();
    assertThat(usual.and(file).all()).containsAll(usual.all()).contains(certificate);
    assertThat(usual.all()).isNotEmpty().doesNotContain(certificate);
  }

  @Test
  void aFileWithoutACertificateThatCanBeReadIsRefused() throws Exception {
    Authorities usual = Authorities.usual(world.disk());
    Path file = folder.resolve("file");
    Files.writeString(file, "nothing");
    assertThatThrownBy(() -> usual.and(file)).hasMessageContaining("has no certificate in PEM");
    Files.writeString(file, pem(new byte[] {1, 2, 3}));
    assertThatThrownBy(() -> usual.and(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has a certificate that cannot be read");
    Files.writeString(file, pem(certificate.getEncoded()).replace('M', '?'));
    assertThatThrownBy(() -> usual.and(file)).isInstanceOf(IOException.class);
  }

  private static String pem(byte[] bytes) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(bytes)
        + "\n-----END CERTIFICATE-----";
  }

  @Test
  void aCertificateForAnotherNameIsRefused() {
    assertThatThrownBy(() -> open(HttpClient.open(world, () -> context), "elsewhere"))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("elsewhere");
  }

  @Test
  void aPeerThatDoesNotSpeakTlsIsRefused() throws Exception {
    HttpServer plain = serve(exchange -> {});
    front = plain.address();
    assertThatThrownBy(() -> open(HttpClient.open(world, () -> context), "home"))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("it does not speak TLS");
  }
}
