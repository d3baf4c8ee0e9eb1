package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ListPageTest {
  private static final List<String> PHOTOS =
      List.of("a", "photos/2005/x", "photos/2006/y", "photos/2006/z", "photos0", "z");

  @Test
  void keysWithADelimiterAfterThePrefixAreOneGroup() {
    ListPage<String> page = page(PHOTOS, new ListQuery("", "/", ListPosition.START, 10));
    assertThat(page.entries()).containsExactly("a", "photos0", "z");
    assertThat(page.groups()).containsExactly("photos/");
    assertThat(page.next()).isEmpty();
  }

  @Test
  void aPrefixMayEndInTheMiddleOfAName() {
    ListPage<String> page = page(PHOTOS, new ListQuery("photos/2", "/", ListPosition.START, 10));
    assertThat(page.entries()).isEmpty();
    assertThat(page.groups()).containsExactly("photos/2005/", "photos/2006/");
  }

  @Test
  void aPageGoesOnAfterTheGroupItEndedWith() {
    ListPage<String> page = page(PHOTOS, new ListQuery("", "/", ListPosition.START, 2));
    assertThat(page.next()).contains(new ListPosition.AfterPrefix("photos/"));
    ListPage<String> next = page(PHOTOS, new ListQuery("", "/", page.next().orElseThrow(), 2));
    assertThat(next.entries()).containsExactly("photos0", "z");
    assertThat(next.next()).isEmpty();
  }

  @Test
  void aPageOfNothingIsTheLast() {
    ListPage<String> page = page(PHOTOS, new ListQuery("", "", ListPosition.START, 0));
    assertThat(page).isEqualTo(new ListPage<>(List.of(), List.of(), Optional.empty()));
  }

  @Property(tries = 500)
  void pagesTogetherAreTheWholeListing(
      @ForAll("keys") Set<String> keys,
      @ForAll("texts") String prefix,
      @ForAll("delimiters") String delimiter,
      @ForAll @IntRange(min = 1, max = 5) int limit) {
    List<String> sorted = sorted(keys);
    List<String> seen = new ArrayList<>();
    Optional<ListPosition> position = Optional.of(ListPosition.START);
    while (position.isPresent()) {
      ListPage<String> page = page(sorted, new ListQuery(prefix, delimiter, position.get(), limit));
      assertThat(page.entries().size() + page.groups().size()).isLessThanOrEqualTo(limit);
      seen.addAll(page.entries());
      seen.addAll(page.groups());
      position = page.next();
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(expected(sorted, prefix, delimiter));
  }

  @Provide
  Arbitrary<Set<String>> keys() {
    return texts().filter(text -> !text.isEmpty()).set().ofMaxSize(12);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("ab/|é\uffff").ofMaxLength(5);
  }

  @Provide
  Arbitrary<String> delimiters() {
    return Arbitraries.of("", "/", "a/", "|", "é");
  }

  private static Set<String> expected(List<String> keys, String prefix, String delimiter) {
    Set<String> expected = new TreeSet<>();
    for (String key : keys) {
      if (key.startsWith(prefix)) {
        String rest = key.substring(prefix.length());
        int at = delimiter.isEmpty() ? -1 : rest.indexOf(delimiter);
        expected.add(at < 0 ? key : prefix + rest.substring(0, at + delimiter.length()));
      }
    }
    return expected;
  }

  private static ListPage<String> page(List<String> keys, ListQuery query) {
    return ListPage.read(
        new ListPage.Source<>() {
          @Override
          public Iterator<String> from(String prefix, ListPosition position) {
            return ListPageTest.from(keys, prefix, position);
          }

          @Override
          public String key(String entry) {
            return entry;
          }
        },
        query);
  }

  private static Iterator<String> from(List<String> keys, String prefix, ListPosition position) {
    return keys.stream()
        .filter(key -> key.startsWith(prefix))
        .filter(key ->
            switch (position) {
              case ListPosition.Start() -> true;
              case ListPosition.AfterKey(String last) -> compare(key, last) > 0;
              case ListPosition.AfterId(String last, String id) -> compare(key, last) > 0;
              case ListPosition.AfterPrefix(String last) ->
                  !key.startsWith(last) && compare(key, last) > 0;
            })
        .iterator();
  }

  private static List<String> sorted(Set<String> keys) {
    return keys.stream().sorted(ListPageTest::compare).toList();
  }

  private static int compare(String left, String right) {
    return Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }
}
