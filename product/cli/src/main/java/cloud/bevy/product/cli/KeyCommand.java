package cloud.bevy.product.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes, lists and deletes access keys.
@Command(
    name = "key",
    description = "The access keys of a cloud: who can use its buckets and tables, and for what.",
    subcommands = {KeyCommand.Create.class, KeyCommand.ListKeys.class, KeyCommand.Delete.class})
final class KeyCommand implements Runnable {
  @Mixin private final Common common = new Common();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(common.out());
  }

  /// Makes an access key.
  @Command(
      name = "create",
      description = "Make an access key and print it. Its secret is shown now and never again.")
  static final class Create implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();

    @Option(
        names = "--user",
        paramLabel = "NAME",
        description =
            "A person or app with buckets of its own, who may use others' only where they say so."
                + " Default: the owner of the cloud.")
    private String user = "";

    @Option(names = "--label", paramLabel = "TEXT", description = "What you call it.")
    private String label = "";

    @Option(names = "--read-only", description = "A key that can change nothing.")
    private boolean readOnly;

    @Option(
        names = "--prefix",
        paramLabel = "BUCKET/PREFIX",
        description = "A key for these objects and no others. May be given several times.")
    private List<String> prefixes = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
      Map<String, Object> request = new LinkedHashMap<>();
      request.put("label", label);
      request.put("user", user);
      request.put("readOnly", readOnly);
      request.put("prefixes", prefixes);
      byte[] body = Json.line(request).getBytes(StandardCharsets.UTF_8);
      Map<String, Object> key =
          common.control().post("/_bevy/keys" + cloud.query(), new ByteArrayInputStream(body));
      common.print(
          key,
          () -> {
            common.out().println("export AWS_ACCESS_KEY_ID=" + key.get("accessKeyId"));
            common.out().println("export AWS_SECRET_ACCESS_KEY=" + key.get("secretAccessKey"));
            common.out().println("export BEVY_USER_ID=" + key.get("canonicalUserId"));
          });
      return ExitCode.DONE;
    }
  }

  /// Lists access keys.
  @Command(name = "list", description = "List the access keys, without their secrets.")
  static final class ListKeys implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();

    @Override
    public Integer call() throws IOException {
      Map<String, Object> answer = common.control().get("/_bevy/keys" + cloud.query());
      common.print(answer, () -> table(answer));
      return ExitCode.DONE;
    }

    private void table(Map<String, Object> answer) {
      if (answer.get("keys") instanceof List<?> keys) {
        for (Object key : keys) {
          if (key instanceof Map<?, ?> fields) {
            common
                .out()
                .printf(
                    "%s  %-16s %-10s %s %s%n",
                    fields.get("accessKeyId"),
                    "".equals(fields.get("user")) ? "(owner)" : fields.get("user"),
                    Boolean.TRUE.equals(fields.get("readOnly")) ? "read-only" : "read-write",
                    fields.get("label"),
                    prefixes(fields.get("prefixes")));
          }
        }
      }
    }

    private static String prefixes(@Nullable Object prefixes) {
      return prefixes instanceof List<?> list && !list.isEmpty() ? list.toString() : "";
    }
  }

  /// Deletes an access key.
  @Command(
      name = "delete",
      description = "Delete an access key. Requests signed with it are refused from then on.")
  static final class Delete implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();

    @Parameters(paramLabel = "ID", description = "The key's id, as bevy key list lists it.")
    private String id = "";

    @Override
    public Integer call() throws IOException {
      common.control().delete("/_bevy/keys/" + Names.inPath(id) + cloud.query());
      common.print(Map.of("removed", id), () -> common.out().println("Deleted " + id + "."));
      return ExitCode.DONE;
    }
  }
}
