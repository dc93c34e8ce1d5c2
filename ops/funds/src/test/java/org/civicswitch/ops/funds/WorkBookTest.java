package org.civicswitch.ops.funds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.civicswitch.ops.funds.WorkBook.Line;
import org.civicswitch.ops.funds.WorkBook.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkBookTest {
  private static final String ONE = "00000000000a";
  private static final String OTHER = "00000000000b";

  @TempDir private Path parent;
  private Path directory;
  private WorkBook book;

  @BeforeEach
  void open() {
    directory = parent.resolve("funds");
    book = new WorkBook(directory);
  }

  @Test
  void whatWasDoneIsKeptInOrder() throws Exception {
    assertThat(book.items()).isEmpty();
    book.add(ONE, "operator-1", State.TAKEN, "", 1);
    book.add(OTHER, "operator-3", null, "looks odd", 2);
    book.add(ONE, "operator-3", State.WAITING, "asked the bank, ticket 7", 3);
    book.add(ONE, "operator-3", null, "asked again", 4);
    final WorkBook again = new WorkBook(directory);
    assertThat(again.items().get(ONE).lines())
        .containsExactly(
            new Line(1, "operator-1", State.TAKEN, ""),
            new Line(3, "operator-3", State.WAITING, "asked the bank, ticket 7"),
            new Line(4, "operator-3", State.WAITING, "asked again"));
    assertThat(again.items().get(ONE).holder()).isEqualTo("operator-1");
    assertThat(again.items().get(OTHER).state())
        .as("who writes first has it")
        .isEqualTo(State.TAKEN);
    book.add(ONE, "operator-1", State.RELEASED, "", 5);
    assertThat(book.items().get(ONE).holder()).isEmpty();
  }

  @Test
  void aLineThatACrashCutOffIsAsIfItHadNotBeen() throws Exception {
    book.add(ONE, "operator-1", State.TAKEN, "", 1);
    final Path file = directory.resolve("work.log");
    Files.writeString(file, "2\t00000000000a\toper", StandardOpenOption.APPEND);
    assertThat(book.items().get(ONE).lines()).hasSize(1);
    book.add(ONE, "operator-1", null, "on", 3);
    assertThat(book.items().get(ONE).lines()).hasSize(2);
  }

  @Test
  void aDamagedLineIsSaidWithItsNumber() throws Exception {
    book.add(ONE, "operator-1", State.TAKEN, "", 1);
    Files.writeString(
        directory.resolve("work.log"), "2\t00000000000a\n", StandardOpenOption.APPEND);
    assertThatThrownBy(book::items).isInstanceOf(IOException.class).hasMessageContaining("line 2");
  }

  @Test
  void whatIsNoNoteIsRefused() {
    assertThatThrownBy(() -> book.add("x", "operator-1", null, "a", 1))
        .hasMessage("not a break's id: x");
    assertThatThrownBy(() -> book.add(ONE, "two words", null, "a", 1))
        .hasMessage("not a name: two words");
    assertThatThrownBy(() -> book.add(ONE, "operator-1", null, " ", 1))
        .hasMessage("a note says something");
    for (final String wrong : new String[] {"a\tb", "a\nb", "x".repeat(WorkBook.NOTE_MAX + 1)}) {
      assertThatThrownBy(() -> book.add(ONE, "operator-1", null, wrong, 1))
          .hasMessageContaining("one line of at most 500 characters");
    }
  }
}
