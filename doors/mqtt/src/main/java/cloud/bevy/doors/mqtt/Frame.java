package cloud.bevy.doors.mqtt;

/// A packet as it came: its kind, its flags, and what is in it.
record Frame(PacketType type, int flags, Fields fields) {}
