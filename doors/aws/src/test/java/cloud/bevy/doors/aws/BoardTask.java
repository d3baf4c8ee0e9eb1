package cloud.bevy.doors.aws;

import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.enhanced.dynamodb.extensions.annotations.DynamoDbAtomicCounter;
import software.amazon.awssdk.enhanced.dynamodb.extensions.annotations.DynamoDbVersionAttribute;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondaryPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondarySortKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSortKey;

/// A task on a board, as the enhanced client of the AWS SDK for Java wants beans to be.
@DynamoDbBean
public final class BoardTask {
  private String board;
  private Integer number;
  private String owner;
  private String due;
  private Set<String> labels;
  private List<String> steps;
  private Map<String, Integer> hours;
  private Long version;
  private Long changes;

  /// A task that says nothing yet.
  public BoardTask() {}

  static BoardTask of(String board, int number, String owner, String due) {
    BoardTask task = new BoardTask();
    task.board = board;
    task.number = number;
    task.owner = owner;
    task.due = due;
    return task;
  }

  @DynamoDbPartitionKey
  public String getBoard() {
    return board;
  }

  public void setBoard(String board) {
    this.board = board;
  }

  @DynamoDbSortKey
  public Integer getNumber() {
    return number;
  }

  public void setNumber(Integer number) {
    this.number = number;
  }

  @DynamoDbSecondaryPartitionKey(indexNames = "by-owner")
  public String getOwner() {
    return owner;
  }

  public void setOwner(String owner) {
    this.owner = owner;
  }

  @DynamoDbSecondarySortKey(indexNames = {"by-owner", "by-due"})
  public String getDue() {
    return due;
  }

  public void setDue(String due) {
    this.due = due;
  }

  public Set<String> getLabels() {
    return labels;
  }

  public void setLabels(Set<String> labels) {
    this.labels = labels;
  }

  public List<String> getSteps() {
    return steps;
  }

  public void setSteps(List<String> steps) {
    this.steps = steps;
  }

  public Map<String, Integer> getHours() {
    return hours;
  }

  public void setHours(Map<String, Integer> hours) {
    this.hours = hours;
  }

  @DynamoDbVersionAttribute
  public Long getVersion() {
    return version;
  }

  public void setVersion(Long version) {
    this.version = version;
  }

  @DynamoDbAtomicCounter
  public Long getChanges() {
    return changes;
  }

  public void setChanges(Long changes) {
    this.changes = changes;
  }
}
