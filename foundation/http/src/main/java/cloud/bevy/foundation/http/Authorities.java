package cloud.bevy.foundation.http;

import cloud.bevy.foundation.base.Disk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Whom a client trusts over TLS: the authorities that Java comes with (or that
/// `javax.net.ssl.trustStore` names), those that the administrator of this system has added to its
/// own, and others that are named.
public final class Authorities implements HttpClient.Trust {
  /// The most bytes of a file with certificates.
  public static final int LONGEST_FILE = 4 << 20;

  /// Where systems have theirs in one file; the first that is there counts.
  private static final List<Path> SYSTEM =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"), // Debian, Alpine, Arch
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"), // Fedora
          Path.of("/etc/ssl/ca-bundle.pem"), // SUSE
          Path.of("/etc/ssl/cert.pem")); // macOS, the BSDs

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

  private final Disk disk;
  private final List<X509Certificate> named;

  private Authorities(Disk disk, List<X509Certificate> named) {
    this.disk = disk;
    this.named = List.copyOf(named);
  }

  /// Java's and the system's. Nothing is read before the first connection over TLS.
  public static Authorities usual(Disk disk) {
    return new Authorities(disk, List.of());
  }

  /// These, and those in a PEM file: authorities, or servers' own certificates.
  ///
  /// @throws IOException if the file cannot be read, or has no certificate or one that is none
  public Authorities and(Path file) throws IOException {
    List<X509Certificate> more = new ArrayList<>(named);
    try {
      more.addAll(certificates(disk.read(file, LONGEST_FILE)));
    } catch (CertificateException | IllegalArgumentException malformed) {
      throw new IOException(file + " has a certificate that cannot be read", malformed);
    }
    if (more.size() == named.size()) {
      throw new IOException(file + " has no certificate in PEM (-----BEGIN CERTIFICATE-----)");
    }
    return new Authorities(disk, more);
  }

  @Override
  public SSLContext context() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers(keyStore(all())), null);
    return context;
  }

  /// Everybody who is trusted.
  List<X509Certificate> all() throws GeneralSecurityException {
    List<X509Certificate> all = new ArrayList<>(named);
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager java) {
        all.addAll(List.of(java.getAcceptedIssuers()));
      }
    }
    all.addAll(system());
    return all;
  }

  private List<X509Certificate> system() {
    for (Path file : SYSTEM) {
      try {
        if (disk.exists(file)) {
          return certificates(disk.read(file, LONGEST_FILE));
        }
      } catch (IOException | CertificateException | IllegalArgumentException unreadable) {
        // Then there are Java's alone, as where a system has none.
      }
    }
    return List.of();
  }

  private static List<X509Certificate> certificates(byte[] pem) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> found = new ArrayList<>();
    Matcher each = PEM.matcher(new String(pem, StandardCharsets.ISO_8859_1));
    while (each.find()) {
      byte[] bytes = Base64.getMimeDecoder().decode(each.group(1));
      Certificate certificate = factory.generateCertificate(new ByteArrayInputStream(bytes));
      if (certificate instanceof X509Certificate readable) {
        found.add(readable);
      }
    }
    return found;
  }

  private static KeyStore keyStore(List<X509Certificate> all) throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < all.size(); i++) {
        store.setCertificateEntry("authority " + i, all.get(i));
      }
      return store;
    } catch (IOException impossible) {
      throw new IllegalStateException("an empty key store is read from nowhere", impossible);
    }
  }

  /// @param store whom to trust; Java's where there is none
  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return factory.getTrustManagers();
  }
}
