package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// TLS before a port of this machine, as a reverse proxy puts it, with a certificate of its own for
/// `localhost`.
final class TlsFront implements AutoCloseable {
  private static final String PASSWORD = "password";

  private final Path folder;
  private final SSLServerSocket listener;

  private TlsFront(Path folder, SSLServerSocket listener) {
    this.folder = folder;
    this.listener = listener;
  }

  /// @param folder for its certificate
  static TlsFront before(int port, Path folder) throws Exception {
    keytool(
        folder,
        "-genkeypair -alias home -keyalg EC -dname CN=home -ext SAN=dns:localhost -validity 2");
    keytool(folder, "-exportcert -rfc -alias home -file " + folder.resolve("home.pem"));
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream from = Files.newInputStream(folder.resolve("home.p12"))) {
      store.load(from, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    SSLServerSocket listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> forward(listener, port));
    return new TlsFront(folder, listener);
  }

  private static void keytool(Path folder, String words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words.split(" ")));
    command.addAll(
        List.of("-keystore", folder.resolve("home.p12").toString(), "-storepass", PASSWORD));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).as(words).isZero();
  }

  int port() {
    return listener.getLocalPort();
  }

  /// Its certificate, in PEM.
  Path certificate() {
    return folder.resolve("home.pem");
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private static void forward(SSLServerSocket listener, int port) {
    try {
      while (true) {
        Socket outside = listener.accept();
        Socket inside = new Socket(InetAddress.getLoopbackAddress(), port);
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
      // The other side is told by the close.
    }
  }
}
