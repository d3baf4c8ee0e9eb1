package cloud.bevy.foundation.crypto;

/// The JDK lacks a cipher that it has had since version 11, or refuses to use it.
final class CryptoFault extends IllegalStateException {
  private static final long serialVersionUID = 1;

  CryptoFault(Throwable cause) {
    super("this JDK does not offer what java.base promises", cause);
  }
}
