package cloud.bevy.doors.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The parameters of a request's query string, decoded, in the order they came.
record QueryString(List<Parameter> parameters) {
  QueryString {
    parameters = List.copyOf(parameters);
  }

  /// A name and its value, which is empty where there is none.
  record Parameter(String name, String value) {}

  /// Reads what stands after the `?`.
  ///
  /// @return nothing where an escape or the UTF-8 is broken
  static Optional<QueryString> read(String raw) {
    List<Parameter> parameters = new ArrayList<>();
    for (String part : raw.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      Optional<String> name = AwsUri.decodeQuery(equals < 0 ? part : part.substring(0, equals));
      Optional<String> value = AwsUri.decodeQuery(equals < 0 ? "" : part.substring(equals + 1));
      if (name.isEmpty() || value.isEmpty()) {
        return Optional.empty();
      }
      parameters.add(new Parameter(name.get(), value.get()));
    }
    return Optional.of(new QueryString(parameters));
  }

  /// The value of the first parameter of that name.
  Optional<String> first(String name) {
    return parameters.stream().filter(p -> p.name.equals(name)).map(Parameter::value).findFirst();
  }

  /// Whether there is a parameter of that name, with or without a value.
  boolean has(String name) {
    return parameters.stream().anyMatch(p -> p.name.equals(name));
  }

  /// How many parameters have that name.
  long count(String name) {
    return parameters.stream().filter(p -> p.name.equals(name)).count();
  }

  /// The canonical form that SigV4 signs: encoded, then sorted by name and value.
  String canonical(Predicate<String> names) {
    return parameters.stream()
        .filter(p -> names.test(p.name))
        .map(p -> AwsUri.encode(p.name) + "=" + AwsUri.encode(p.value))
        .sorted(QueryString::byNameThenValue)
        .collect(Collectors.joining("&"));
  }

  /// Encoded names are compared without the `=`, which would sort after digits and `-`.
  private static int byNameThenValue(String left, String right) {
    int leftName = left.indexOf('=');
    int rightName = right.indexOf('=');
    int names = left.substring(0, leftName).compareTo(right.substring(0, rightName));
    return names != 0 ? names : left.compareTo(right);
  }
}
