package cloud.bevy.product.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands on the items of a table.
final class TableItems {
  private TableItems() {}

  /// How items are printed.
  static final class Form {
    @Option(
        names = "--typed",
        description = "Items as the DynamoDB API has them: {\"n\":{\"N\":\"5\"}}.")
    private boolean typed;

    Map<String, Object> of(Map<?, ?> item) {
      return typed ? PlainItem.asItIs(item) : PlainItem.plain(item);
    }

    /// An item as it was given.
    Map<String, Object> read(String text) throws IOException {
      Map<String, Object> item;
      try {
        item = Json.readExactly(text);
      } catch (IOException malformed) {
        throw new CommandFault(
            ExitCode.USAGE, "the item is no JSON object", "write '{\"id\":\"1\",\"n\":5}'");
      }
      return typed ? item : PlainItem.typed(item);
    }
  }

  /// Prints an item.
  @Command(name = "get", description = "Print an item.")
  static final class Get implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();
    @Mixin private final Form form = new Form();

    @Parameters(index = "0", paramLabel = "TABLE", description = "The table's name.")
    private String table = "";

    @Parameters(
        index = "1..*",
        arity = "1..2",
        paramLabel = "KEY",
        description = "The partition key and, if the table has one, the sort key.")
    private List<String> key = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
      try (TableClient client = new TableClient(common, cloud)) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("TableName", table);
        input.put("Key", client.key(table, key));
        input.put("ConsistentRead", true);
        if (!(client.call("GetItem", input).get("Item") instanceof Map<?, ?> item)) {
          throw new CommandFault(
              ExitCode.FAILED,
              "table \"" + table + "\" has no item " + String.join(" ", key),
              "bevy table scan " + table + " prints what there is");
        }
        Map<String, Object> shown = form.of(item);
        common.print(shown, () -> common.out().println(Json.line(shown)));
      }
      return ExitCode.DONE;
    }
  }

  /// Writes an item.
  @Command(name = "put", description = "Write an item, in place of the one that has its key.")
  static final class Put implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();
    @Mixin private final Form form = new Form();

    @Parameters(index = "0", paramLabel = "TABLE", description = "The table's name.")
    private String table = "";

    @Parameters(
        index = "1",
        paramLabel = "ITEM",
        description = "A JSON object: '{\"id\":\"1\",\"n\":5}'.")
    private String item = "";

    @Override
    public Integer call() throws IOException {
      try (TableClient client = new TableClient(common, cloud)) {
        client.call("PutItem", Map.of("TableName", table, "Item", form.read(item)));
      }
      return ExitCode.DONE;
    }
  }

  /// What a query and a scan have in common.
  static final class Pages {
    private static final int PAGE = 1000;

    @Option(names = "--index", paramLabel = "NAME", description = "Read this index.")
    private String index = "";

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "At most so many items. Default: 100.")
    private int limit = 100;

    @Mixin private final Form form = new Form();

    String index() {
      return index;
    }

    /// Prints what an operation finds, page by page.
    int print(Common common, TableClient client, String operation, Map<String, Object> input)
        throws IOException {
      Map<String, Object> request = new LinkedHashMap<>(input);
      if (!index.isEmpty()) {
        request.put("IndexName", index);
      }
      List<Map<String, Object>> items = new ArrayList<>();
      boolean more = true;
      while (more && items.size() < limit) {
        request.put("Limit", Math.min(PAGE, limit - items.size()));
        Map<String, Object> page = client.call(operation, request);
        if (page.get("Items") instanceof List<?> found) {
          found.forEach(item -> items.add(form.of((Map<?, ?>) item)));
        }
        more = page.containsKey("LastEvaluatedKey");
        request.put("ExclusiveStartKey", page.get("LastEvaluatedKey"));
      }
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("items", items);
      result.put("more", more);
      common.print(result, () -> items.forEach(item -> common.out().println(Json.line(item))));
      if (more && !common.json()) {
        common.out().flush();
        common.err().println("bevy: there may be more: --limit " + 10L * limit);
      }
      return ExitCode.DONE;
    }
  }

  /// Prints the items of a partition.
  @Command(
      name = "query",
      description = "Print the items of one partition, one a line, in the order of the sort key.")
  static final class Query implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();
    @Mixin private final Pages pages = new Pages();

    @Parameters(index = "0", paramLabel = "TABLE", description = "The table's name.")
    private String table = "";

    @Parameters(index = "1", paramLabel = "KEY", description = "The partition key.")
    private String key = "";

    @Option(names = "--reverse", description = "In descending order.")
    private boolean reverse;

    @Override
    public Integer call() throws IOException {
      try (TableClient client = new TableClient(common, cloud)) {
        TableClient.KeyPart partition = client.keys(table, pages.index()).getFirst();
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("TableName", table);
        input.put("KeyConditionExpression", "#k = :k");
        input.put("ExpressionAttributeNames", Map.of("#k", partition.name()));
        input.put("ExpressionAttributeValues", Map.of(":k", PlainItem.key(partition.type(), key)));
        input.put("ScanIndexForward", !reverse);
        return pages.print(common, client, "Query", input);
      }
    }
  }

  /// Prints the items of a table.
  @Command(
      name = "scan",
      description = "Print the items of a table, one a line, in no order that means anything.")
  static final class Scan implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();
    @Mixin private final Pages pages = new Pages();

    @Parameters(index = "0", paramLabel = "TABLE", description = "The table's name.")
    private String table = "";

    @Override
    public Integer call() throws IOException {
      try (TableClient client = new TableClient(common, cloud)) {
        return pages.print(common, client, "Scan", Map.of("TableName", table));
      }
    }
  }
}
