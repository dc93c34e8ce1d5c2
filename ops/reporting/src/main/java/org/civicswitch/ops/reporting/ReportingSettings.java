package org.civicswitch.ops.reporting;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the store is and how it is kept.
 *
 * @param url for JDBC: H2 or PostgreSQL
 * @param user of the database; empty for none
 * @param password empty for none
 * @param retentionDays whole months older than this are removed: 31 to 36,500; 0 keeps everything
 * @param searchSeconds after which a search is given up, 1 to 600
 * @param connections for searches, 1 to 64
 */
public record ReportingSettings(
    String url,
    String user,
    String password,
    int retentionDays,
    int searchSeconds,
    int connections) {
  /** Longer than the engine keeps any payment, so that every return finds what it returns. */
  public static final int RETENTION_DAYS_DEFAULT = 400;

  public static final int SEARCH_SECONDS_DEFAULT = 10;
  public static final int CONNECTIONS_DEFAULT = 4;

  private static final String H2 = "jdbc:h2:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  /**
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public ReportingSettings {
    Objects.requireNonNull(user);
    Objects.requireNonNull(password);
    if (!url.startsWith(H2) && !url.startsWith(POSTGRESQL)) {
      throw new IllegalArgumentException(
          "the reporting store's url must begin with jdbc:postgresql:, not: " + withoutQuery(url));
    }
    if (retentionDays != 0) {
      range("retention-days", retentionDays, 31, 36_500);
    }
    range("search-seconds", searchSeconds, 1, 600);
    range("connections", connections, 1, 64);
  }

  private static void range(final String name, final int value, final int min, final int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be " + min + " to " + max + ", not " + value);
    }
  }

  /** Embedded H2 in this directory, which is made when absent. */
  public static ReportingSettings embedded(final Path directory) {
    if (directory.toString().contains(";")) {
      throw new IllegalArgumentException(
          "an embedded reporting store cannot be below a directory with ';' in its name: "
              + directory);
    }
    return new ReportingSettings(
        // What it cannot do is said by the projector; its own file could hold rows.
        H2
            + "file:"
            + directory.resolve("store").toAbsolutePath()
            + ";TRACE_LEVEL_FILE=0"
            // Written when a transaction ends and not by a clock: a kill in between was seen to
            // leave
            // part of one.
            + ";WRITE_DELAY=0"
            + ";DB_CLOSE_ON_EXIT=FALSE",
        "",
        "",
        RETENTION_DAYS_DEFAULT,
        SEARCH_SECONDS_DEFAULT,
        CONNECTIONS_DEFAULT);
  }

  /** PostgreSQL at {@code jdbc:postgresql://HOST:PORT/DATABASE}. */
  public static ReportingSettings postgres(
      final String url, final String user, final String password) {
    if (!url.startsWith(POSTGRESQL)) {
      throw new IllegalArgumentException(
          "the reporting store's url must begin with jdbc:postgresql:, not: " + withoutQuery(url));
    }
    return new ReportingSettings(
        url, user, password, RETENTION_DAYS_DEFAULT, SEARCH_SECONDS_DEFAULT, CONNECTIONS_DEFAULT);
  }

  public ReportingSettings withRetentionDays(final int days) {
    return new ReportingSettings(url, user, password, days, searchSeconds, connections);
  }

  public ReportingSettings withSearch(final int seconds, final int pool) {
    return new ReportingSettings(url, user, password, retentionDays, seconds, pool);
  }

  boolean isPostgres() {
    return url.startsWith(POSTGRESQL);
  }

  /** For people: without user, password and options. */
  public String where() {
    return withoutQuery(url);
  }

  private static String withoutQuery(final String url) {
    return url.replaceAll("[?;].*", "");
  }

  @Override
  public String toString() {
    return "ReportingSettings[" + where() + "]";
  }
}
