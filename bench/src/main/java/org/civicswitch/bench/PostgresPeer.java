package org.civicswitch.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.civicswitch.bench.PaymentDriver.Measured;

/** Payments in two phases in PostgreSQL, driven by pgbench over prepared statements. */
final class PostgresPeer implements AutoCloseable {
  /** Each account has so much, from an issuer's account of its own. */
  private static final long FUNDS = 1L << 40;

  private static final int ISSUER = -1;
  private static final Pattern PROCESSED =
      Pattern.compile("number of transactions actually processed: (\\d+)");
  private static final Pattern FAILED = Pattern.compile("number of failed transactions: (\\d+)");
  private static final Pattern PER_S =
      Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");

  /** Of a line of pgbench's log: client, number, microseconds, then what is not needed. */
  private static final int TIME_FIELD = 2;

  private final PostgresServer server;
  private final Path directory;
  private final Path script;
  private final int accounts;
  private final int clients;
  private long payments;
  private int runs;

  private PostgresPeer(
      final PostgresServer server, final Path directory, final int accounts, final int clients)
      throws IOException {
    this.server = server;
    this.directory = directory;
    this.accounts = accounts;
    this.clients = clients;
    script = Files.write(directory.resolve("payment.pgbench"), resource("postgres.pgbench"));
  }

  private static byte[] resource(final String name) throws IOException {
    return PostgresServer.resource(name);
  }

  /**
   * Starts a server and fills it.
   *
   * @param directory an existing one; see {@link PostgresServer#start}
   * @param clients payments under way, each on a connection of its own
   */
  static PostgresPeer open(final Path directory, final int accounts, final int clients)
      throws IOException {
    final PostgresServer server = PostgresServer.start(directory);
    try {
      server.sql(new String(resource("postgres.sql"), UTF_8));
      server.sql(
          "INSERT INTO account SELECT id, 0, %1$d, 0, 0, 0 FROM generate_series(0, %2$d - 1) id;"
                  .formatted(FUNDS, accounts)
              + "INSERT INTO account VALUES (%d, %d, 0, 0, 0, %d);"
                  .formatted(ISSUER, FUNDS * accounts, Long.MAX_VALUE >> 1));
      server.sql("VACUUM ANALYZE");
      server.sql("CHECKPOINT");
      return new PostgresPeer(server, directory, accounts, clients);
    } catch (final IOException e) {
      server.close();
      throw e;
    }
  }

  PostgresServer server() {
    return server;
  }

  /**
   * As many payments as will go in.
   *
   * @param durable false: a commit does not wait for its log to be forced
   */
  Measured closed(final boolean durable, final boolean zipf, final int seconds)
      throws IOException, WrongResultException {
    return run(durable, zipf, seconds, List.of());
  }

  /** Payments at a rate, as a Poisson process; latency from the time each was due. */
  Measured open(final boolean durable, final boolean zipf, final int seconds, final double perS)
      throws IOException, WrongResultException {
    return run(durable, zipf, seconds, List.of("--rate=" + Math.max(1, Math.round(perS))));
  }

  private Measured run(
      final boolean durable, final boolean zipf, final int seconds, final List<String> more)
      throws IOException, WrongResultException {
    server.sql("ALTER SYSTEM SET synchronous_commit = " + (durable ? "on" : "off"));
    server.sql("SELECT pg_reload_conf()");
    final Path logs = Files.createDirectory(directory.resolve("pgbench-" + runs++));
    final List<String> command =
        server.client(
            "pgbench",
            "--no-vacuum",
            "--protocol=prepared",
            "--client=" + clients,
            "--jobs=2",
            "--time=" + seconds,
            "--define=accounts=" + accounts,
            "--define=zipf=" + (zipf ? 1 : 0),
            "--file=" + script,
            "--log",
            "--log-prefix=" + logs.resolve("log"));
    command.addAll(command.size() - 1, more);
    final String printed = PostgresServer.output("pgbench", command);
    final long processed = Long.parseLong(field(PROCESSED, printed));
    if (!"0".equals(field(FAILED, printed))) {
      throw new WrongResultException("pgbench: " + printed);
    }
    payments += processed;
    final Histogram latencies = PaymentDriver.histogram();
    for (final Path log : list(logs)) {
      try (Stream<String> lines = Files.lines(log)) {
        lines.forEach(
            line -> latencies.recordValue(Long.parseLong(line.split(" ", 4)[TIME_FIELD]) * 1000));
      }
    }
    if (latencies.getTotalCount() != processed) {
      throw new WrongResultException(
          processed + " payments processed, logged " + latencies.getTotalCount());
    }
    return new Measured(processed, Double.parseDouble(field(PER_S, printed)), latencies);
  }

  private static List<Path> list(final Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return new ArrayList<>(files.toList());
    }
  }

  private static String field(final Pattern pattern, final String printed) throws IOException {
    final Matcher matcher = pattern.matcher(printed);
    if (!matcher.find()) {
      throw new IOException("pgbench printed no '" + pattern + "': " + printed);
    }
    return matcher.group(1);
  }

  /** Every payment that pgbench counted is posted, and every account is the sum of its payments. */
  void check() throws IOException, WrongResultException {
    equal("payments posted", payments, "SELECT count(*) FROM payment WHERE state = 2");
    equal("payments not posted", 0, "SELECT count(*) FROM payment WHERE state <> 2");
    equal("debits less credits", 0, "SELECT sum(debits_posted) - sum(credits_posted) FROM account");
    equal(
        "accounts that are not the sum of their payments",
        0,
        ("SELECT count(*) FROM account a"
                + " LEFT JOIN (SELECT debtor AS id, sum(amount) AS out FROM payment GROUP BY 1) d"
                + " USING (id)"
                + " LEFT JOIN (SELECT creditor AS id, sum(amount) AS into FROM payment GROUP BY 1) c"
                + " USING (id)"
                + " WHERE a.id >= 0 AND (a.debits_posted <> coalesce(d.out, 0)"
                + " OR a.credits_posted <> coalesce(c.into, 0) + %d"
                + " OR a.debits_pending <> 0 OR a.credits_pending <> 0)")
            .formatted(FUNDS));
  }

  private void equal(final String what, final long expected, final String query)
      throws IOException, WrongResultException {
    final String found = server.sql(query);
    if (!Long.toString(expected).equals(found)) {
      throw new WrongResultException(
          "PostgreSQL: " + what + ": " + found + " instead of " + expected);
    }
  }

  /** What of its settings decides on durability, as the server says it. */
  String settings() throws IOException {
    return server.sql(
        "SELECT current_setting('server_version') || ', fsync ' || current_setting('fsync')"
            + " || ', full_page_writes ' || current_setting('full_page_writes')"
            + " || ', wal_sync_method ' || current_setting('wal_sync_method')"
            + " || ', shared_buffers ' || current_setting('shared_buffers')");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
