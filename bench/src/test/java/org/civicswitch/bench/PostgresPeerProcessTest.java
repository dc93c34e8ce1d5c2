package org.civicswitch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the peer is a fair and a right one, never how fast it is. */
@Tag("slow")
class PostgresPeerProcessTest {
  private static final int ACCOUNTS = 100;
  private static final String FUNDS = Long.toString(1L << 40);

  @TempDir static Path directory;

  private static PostgresPeer peer;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(
        PostgresServer.find().isPresent(),
        "PostgreSQL's server is not installed here; Debian: apt-get install postgresql");
    peer = PostgresPeer.open(directory, ACCOUNTS, 2);
  }

  @BeforeEach
  void asNew() throws IOException {
    sql("DELETE FROM payment");
    sql("UPDATE account SET debits_posted = 0, credits_posted = " + FUNDS + " WHERE id >= 0");
  }

  @AfterAll
  static void stop() throws IOException {
    if (peer != null) {
      peer.close();
    }
  }

  private static String sql(final String statements) throws IOException {
    return peer.server().sql(statements);
  }

  /** The four totals of an account, beyond what it was given. */
  private static String totals(final int account) throws IOException {
    return sql(
        "SELECT debits_posted, credits_posted - "
            + FUNDS
            + ", debits_pending, credits_pending FROM account WHERE id = "
            + account);
  }

  @Test
  void isDurableUnlessTold() throws IOException {
    assertThat(peer.settings()).contains("fsync on", "full_page_writes on", "fdatasync");
  }

  @Test
  void aPaymentIsReservedOnceAndPostedOnce() throws IOException {
    assertThat(sql("SELECT reserve(1, 1, 5, 4, 30, 60000)")).isEqualTo("0");
    assertThat(totals(5)).isEqualTo("0|0|30|0");
    assertThat(totals(4)).isEqualTo("0|0|0|30");
    assertThat(sql("SELECT reserve(1, 1, 5, 4, 30, 60000)")).as("again").isEqualTo("1");
    assertThat(sql("SELECT reserve(1, 1, 5, 4, 31, 60000)")).as("other amount").isEqualTo("2");
    assertThat(sql("SELECT answer(1, 1, true)")).isEqualTo("0");
    assertThat(sql("SELECT answer(1, 1, true)")).as("again").isEqualTo("1");
    assertThat(sql("SELECT answer(1, 1, false)")).as("void what is posted").isEqualTo("4");
    assertThat(sql("SELECT answer(1, 2, true)")).as("unknown").isEqualTo("4");
    assertThat(totals(5)).isEqualTo("30|0|0|0");
    assertThat(totals(4)).isEqualTo("0|30|0|0");
  }

  @Test
  void aPaymentIsVoidedOrTooLateOrRefused() throws IOException {
    assertThat(sql("SELECT reserve(2, 1, 6, 7, 30, 60000)")).isEqualTo("0");
    assertThat(sql("SELECT answer(2, 1, false)")).isEqualTo("0");
    assertThat(sql("SELECT reserve(2, 2, 6, 7, 30, 0)")).isEqualTo("0");
    assertThat(sql("SELECT answer(2, 2, true)")).as("late").isEqualTo("4");
    assertThat(sql("SELECT answer(2, 2, false)")).isEqualTo("0");
    assertThat(sql("SELECT reserve(2, 3, 6, 7, " + FUNDS + " + 1, 60000)")).isEqualTo("3");
    assertThat(sql("SELECT reserve(2, 4, 7, 6, " + FUNDS + " + 1, 60000)")).isEqualTo("3");
    assertThat(sql("SELECT answer(2, 3, true)")).as("refused").isEqualTo("4");
    assertThat(totals(6)).isEqualTo("0|0|0|0");
    assertThat(totals(7)).isEqualTo("0|0|0|0");
    assertThatThrownBy(() -> sql("SELECT reserve(2, 5, 6, 100000, 1, 60000)"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("foreign key");
  }

  @Test
  void whatPgbenchDidIsFoundAgainAndAWrongSumIsNoticed() throws Exception {
    assertThat(peer.closed(true, false, 1).payments()).isPositive();
    assertThat(peer.closed(false, true, 1).payments()).isPositive();
    assertThat(peer.open(true, false, 1, 50).latencyNs().getTotalCount()).isPositive();
    assertThatCode(() -> peer.check()).doesNotThrowAnyException();
    sql("UPDATE account SET debits_posted = debits_posted + 1 WHERE id = 3");
    assertThatThrownBy(() -> peer.check()).isInstanceOf(WrongResultException.class);
  }
}
