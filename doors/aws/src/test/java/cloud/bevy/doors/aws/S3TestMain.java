package cloud.bevy.doors.aws;

/// Runs an S3 door to try clients on by hand; prints what they need as shell exports.
final class S3TestMain {
  private S3TestMain() {}

  public static void main(String[] arguments) throws Exception {
    S3TestServer server = new S3TestServer();
    server.start();
    System.out.println("export AWS_ENDPOINT_URL=" + server.endpoint());
    System.out.println("export AWS_ACCESS_KEY_ID=" + server.key().id());
    System.out.println("export AWS_SECRET_ACCESS_KEY=" + server.key().secret());
    System.out.println("export AWS_REGION=us-east-1");
    System.in.read();
    server.stop();
  }
}
