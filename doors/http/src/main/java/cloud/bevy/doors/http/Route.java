package cloud.bevy.doors.http;

/// Where a request goes.
sealed interface Route {
  /// The name under which it is counted.
  String door();

  /// To the door of an AWS service.
  record Service(String name) implements Route {
    @Override
    public String door() {
      return name;
    }
  }

  /// To an AWS service that is not offered.
  record NoService(String name) implements Route {
    @Override
    public String door() {
      return "unknown";
    }
  }

  /// To an app.
  record App(String name) implements Route {
    @Override
    public String door() {
      return "app";
    }
  }

  /// To the control API.
  record Control() implements Route {
    @Override
    public String door() {
      return "control";
    }
  }

  /// To the exchange of Hypercores.
  record Replication() implements Route {
    @Override
    public String door() {
      return "replication";
    }
  }

  /// To the topics.
  record Mqtt() implements Route {
    @Override
    public String door() {
      return "mqtt";
    }
  }

  /// To one of the door's own answers.
  record Own(Answer answer) implements Route {
    @Override
    public String door() {
      return "front";
    }
  }

  /// Nowhere.
  record Refused(int status, String reason) implements Route {
    @Override
    public String door() {
      return "front";
    }
  }

  /// What the front door answers itself.
  enum Answer {
    /// Whether the process lives.
    HEALTH,
    /// Whether it can do its work.
    READINESS,
    /// Numbers for Prometheus.
    METRICS,
    /// Where one has arrived, for a person.
    WELCOME_PAGE,
    /// Where one has arrived, for a program.
    WELCOME
  }
}
