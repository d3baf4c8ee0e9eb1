package cloud.bevy.product.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorStateTest {
  private static final World WORLD = RealWorld.create((level, sentence) -> {});
  private static final byte[] KEY = new byte[32];

  @TempDir private Path folder;

  private MirrorState open(boolean keeps) throws IOException {
    return MirrorState.open(WORLD, folder, KEY, keeps);
  }

  @Test
  void aMirrorKnowsHowFarItHasComeUnlessTheDriveWasCut() throws Exception {
    open(false).reached(1, 7);
    MirrorState again = open(false);
    assertThat(again.version()).isEqualTo(7);
    assertThat(again.continues(1, 7)).isTrue();
    assertThat(again.continues(1, 6)).isFalse();
    assertThat(again.continues(2, 9)).isFalse();
  }

  @Test
  void aFolderWithSomethingInItIsNotTakenUnlessThatIsKept() throws Exception {
    Files.writeString(folder.resolve("thesis.txt"), "mine");
    assertThatThrownBy(() -> open(false)).hasMessageContaining("is not empty");
    assertThat(open(true).continues(0, 9)).isFalse();
  }

  @Test
  void aFolderThatWasBegunIsGoneOnWith() throws Exception {
    open(false).begin();
    Files.writeString(folder.resolve("half"), "of it");
    assertThat(open(false).version()).isZero();
  }

  @Test
  void theMirrorOfAnotherDriveIsLeftAlone() throws Exception {
    open(false).begin();
    byte[] other = new byte[32];
    other[0] = 1;
    assertThatThrownBy(() -> MirrorState.open(WORLD, folder, other, true))
        .hasMessageContaining("another drive");
  }
}
