package cloud.bevy.services.messages;

/// What is published for a client that is lost.
///
/// @param message what; its time to expire begins when it is published
/// @param delay seconds that the client has to come back; at most until its session ends
/// @param lifetime seconds until the published message expires; 0 for never
public record Will(Message message, long delay, long lifetime) {}
