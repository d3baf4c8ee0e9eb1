package cloud.bevy.services.messages;

import cloud.bevy.foundation.base.Fault;

/// Why the messages of a cloud cannot be had.
public final class MessagesFault extends Fault {
  private static final long serialVersionUID = 1;

  private static final String RESTORE = "bring the state folder back from a backup, or report this";

  private MessagesFault(String message, String hint) {
    super(message, hint);
  }

  private MessagesFault(String message, String hint, Throwable cause) {
    super(message, hint, cause);
  }

  static MessagesFault damaged(String what) {
    return new MessagesFault(said(what), RESTORE);
  }

  static MessagesFault damaged(String what, Throwable cause) {
    return new MessagesFault(said(what), RESTORE, cause);
  }

  static MessagesFault newer(int version) {
    return new MessagesFault(
        "the journal of the messages has version " + version + ", which this bevy does not know",
        "start a newer bevy");
  }

  private static String said(String what) {
    return "the journal of the messages is damaged: " + what;
  }
}
