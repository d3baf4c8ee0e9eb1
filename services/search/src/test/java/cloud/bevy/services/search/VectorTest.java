package cloud.bevy.services.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Binary;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.TableWrite;
import cloud.bevy.services.tables.Tables;
import cloud.bevy.testing.simulator.ClockedWorld;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The nearest vectors, alone and joined with words.
final class VectorTest {
  private final SearchTestRun run;

  VectorTest(@TempDir Path folder) {
    run = SearchTestRun.real(new ClockedWorld(), folder);
  }

  @AfterEach
  void close() {
    run.close();
  }

  private void plane() {
    run.create(
        SearchTestRun.TABLE,
        SearchTestRun.definition("text", "title", "keyword", "tag", "vector", "v:2 far:2:l2"));
    run.put("{'p':'east','title':'sun rise','tag':'x','v':[1,0],'far':[10,0]}");
    run.put("{'p':'north','title':'ice','tag':'y','v':[0,1],'far':[0,1]}");
    run.put("{'p':'west','title':'sun set','tag':'x','v':[-1,0],'far':[-1,0]}");
  }

  @Test
  void theNearestComeFirst() {
    plane();
    assertThat(run.ids("{'knn':{'v':{'vector':[2,1],'k':2}}}")).containsExactly("east", "north");
    assertThat(run.ids("{'knn':{'far':{'vector':[0,0],'k':3}}}").getLast()).isEqualTo("east");
    assertThat(SearchTestRun.ids(run.search("{'knn':{'field':'v','query_vector':[-1,1],'k':1}}")))
        .hasSize(1)
        .containsAnyOf("north", "west");
  }

  @Test
  void onlyWhatPassesTheFilterIsNear() {
    plane();
    assertThat(run.ids("{'knn':{'v':{'vector':[0,1],'k':2,'filter':{'term':{'tag':'x'}}}}}"))
        .containsExactlyInAnyOrder("east", "west");
  }

  @Test
  void hybridSearchesRankByThePlacesInBothLists() {
    plane();
    SearchAnswer answer =
        run.search(
            "{'query':{'hybrid':{'queries':[{'match':{'title':'sun'}},{'knn':{'v':{'vector':"
                + "[-1,0.1],'k':2}}}]}}}");
    assertThat(SearchTestRun.ids(answer).getFirst()).isEqualTo("west");
    assertThat(SearchTestRun.ids(answer)).containsExactlyInAnyOrder("west", "north", "east");
    assertThat(answer.best()).isEqualTo(answer.hits().getFirst().score());
    assertThat(answer.total()).isEqualTo(new SearchAnswer.Total(3, true));
  }

  @Test
  void aVectorBesideAQueryAddsItsScore() {
    plane();
    for (String rank : List.of("", ",'rank':{'rrf':{}}", ",'rank':{'sum':{}}")) {
      SearchAnswer answer =
          run.search(
              "{'query':{'match':{'title':'sun'}},'knn':{'field':'v','query_vector':[1,0],"
                  + "'k':1}"
                  + rank
                  + "}");
      assertThat(SearchTestRun.ids(answer)).as(rank).containsExactly("east", "west");
    }
  }

  @Test
  void bytesAreVectorsTooAndWhatIsNoneIsPassedOver() {
    plane();
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putFloat(3).putFloat(3);
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("p", AttributeValue.text("bytes"));
    item.put("v", new AttributeValue.B(Binary.of(bytes.array())));
    run.table().put(Item.of(item), null);
    for (String odd : List.of("[1]", "[1,2,3]", "'1,2'", "[1,'x']", "[0,0]", "5", "null")) {
      run.put("{'p':'odd" + odd.hashCode() + "','v':" + odd + "}");
    }
    assertThat(run.ids("{'knn':{'v':{'vector':[1,1],'k':10}}}"))
        .containsExactlyInAnyOrder("bytes", "east", "north", "west")
        .startsWith("bytes");
  }

  @Test
  void aQueryOfOtherDimensionsIsRefused() {
    plane();
    for (String vector : List.of("[1]", "[1,2,3]", "[0,0]", "[1,'x']", "[1,1e300]", "'x'")) {
      assertThatThrownBy(() -> run.ids("{'knn':{'v':{'vector':" + vector + ",'k':2}}}"))
          .as(vector)
          .isInstanceOf(SearchRefusal.class);
    }
    assertThatThrownBy(() -> run.ids("{'knn':{'title':{'vector':[1,2],'k':2}}}"))
        .isInstanceOf(SearchRefusal.class);
    assertThatThrownBy(() -> SearchTestRun.definition("vector", "v:4097"))
        .isInstanceOf(SearchRefusal.class);
  }

  @Test
  void thousandsOfDimensionsAreFoundAsAScanOfAllFindsThem() {
    int dimensions = 1536;
    Random random = new Random(3);
    run.create(SearchTestRun.TABLE, SearchTestRun.definition("vector", "v:" + dimensions));
    Map<String, float[]> vectors = new HashMap<>();
    List<TableWrite> writes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      float[] vector = vector(random, dimensions);
      vectors.put("p" + i, vector);
      writes.add(
          new TableWrite.Put(SearchTestRun.item("{'p':'p" + i + "','v':" + json(vector) + "}")));
    }
    for (int i = 0; i < writes.size(); i += 20) {
      Tables.of(run.cloud()).writeAll(Map.of(run.table(), writes.subList(i, i + 20)));
    }
    float[] sought = vector(random, dimensions);
    List<String> nearest =
        vectors.keySet().stream()
            .sorted(Comparator.comparingDouble(p -> -cosine(vectors.get(p), sought)))
            .limit(5)
            .toList();
    assertThat(run.ids("{'knn':{'v':{'vector':" + json(sought) + ",'k':5}}}")).isEqualTo(nearest);
  }

  private static float[] vector(Random random, int dimensions) {
    float[] vector = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      vector[i] = random.nextInt(2000) / 1000f - 1;
    }
    return vector;
  }

  private static String json(float[] vector) {
    List<String> texts = new ArrayList<>();
    for (float value : vector) {
      texts.add(String.format(Locale.ROOT, "%.3f", value));
    }
    return texts.toString();
  }

  private static double cosine(float[] one, float[] other) {
    double dot = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < one.length; i++) {
      dot += one[i] * other[i];
      first += one[i] * one[i];
      second += other[i] * other[i];
    }
    return dot / Math.sqrt(first * second);
  }
}
