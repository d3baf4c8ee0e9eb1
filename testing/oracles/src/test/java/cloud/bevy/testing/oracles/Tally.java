package cloud.bevy.testing.oracles;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How many operations were answered alike, and what of the others is known.
final class Tally {
  private final Map<ExplainedDifference, Integer> explained =
      new EnumMap<>(ExplainedDifference.class);
  private final List<String> unexplained = new ArrayList<>();
  private int alike;
  private int apart;

  void alike() {
    alike++;
  }

  /// One was about a table in which the two differ for a while, so it was not compared.
  void apart() {
    apart++;
  }

  void explained(ExplainedDifference by) {
    explained.merge(by, 1, Integer::sum);
  }

  void unexplained(String difference) {
    unexplained.add(difference);
    System.out.println("DynamoOracleTest: " + difference.strip());
  }

  List<String> unexplained() {
    return List.copyOf(unexplained);
  }

  int differences() {
    return unexplained.size();
  }

  int compared() {
    return alike + known() + unexplained.size();
  }

  private int known() {
    return explained.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public String toString() {
    String each =
        explained.entrySet().stream()
            .sorted(Map.Entry.<ExplainedDifference, Integer>comparingByValue().reversed())
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return "%d compared (%d alike, %d explained, %d unexplained), %d about tables apart; %s"
        .formatted(compared(), alike, known(), unexplained.size(), apart, each);
  }
}
