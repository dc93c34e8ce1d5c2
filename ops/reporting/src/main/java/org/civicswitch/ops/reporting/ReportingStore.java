package org.civicswitch.ops.reporting;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.h2.api.ErrorCode;

/**
 * The store as it is opened by one process: its schema brought up to date, connections for
 * searches, one for the writer. Safe for use by many threads.
 */
public final class ReportingStore implements AutoCloseable {
  /** Everything is in a schema of its own, so that clearing it touches nothing else. */
  static final String SCHEMA = "civicswitch_reporting";

  private static final long CONNECT_MS = 5_000;

  /** A database that says nothing for so long is taken to be gone. */
  private static final int SILENT_S_MAX = 120;

  private final ReportingSettings settings;
  private final Dialect dialect;
  private final HikariDataSource pool;

  private ReportingStore(
      final ReportingSettings settings, final Dialect dialect, final HikariDataSource pool) {
    this.settings = settings;
    this.dialect = dialect;
    this.pool = pool;
  }

  /**
   * Connects, and makes or updates the schema.
   *
   * @throws StoreInUseException if another process has the embedded store open
   * @throws IOException if the database cannot be reached or its schema is not ours; says which
   */
  public static ReportingStore open(final ReportingSettings settings) throws IOException {
    final Dialect dialect = settings.isPostgres() ? new PostgresDialect() : new H2Dialect();
    try {
      // Before the pool, which would try for as long as it may and then say less.
      try (Connection probe = connect(settings)) {
        if (!probe.isValid((int) (CONNECT_MS / 1000))) {
          throw new SQLException("the connection does not answer");
        }
        migration(settings, dialect).load().migrate();
      }
      return new ReportingStore(settings, dialect, new HikariDataSource(pool(settings)));
    } catch (final SQLException e) {
      throw cannot("be opened", settings, e);
    } catch (final FlywayException e) {
      throw new IOException(
          "the schema of the reporting store "
              + settings.where()
              + " cannot be used: "
              + e.getMessage().strip()
              + ". 'civicswitch reporting rebuild' makes it anew",
          e);
    }
  }

  private static FluentConfiguration migration(
      final ReportingSettings settings, final Dialect dialect) {
    return Flyway.configure()
        .dataSource(settings.url(), settings.user(), settings.password())
        .locations("classpath:reporting/schema")
        .placeholders(dialect.placeholders())
        .schemas(SCHEMA)
        .defaultSchema(SCHEMA);
  }

  private static Connection connect(final ReportingSettings settings) throws SQLException {
    final Properties properties = new Properties();
    if (!settings.user().isEmpty()) {
      properties.put("user", settings.user());
    }
    if (!settings.password().isEmpty()) {
      properties.put("password", settings.password());
    }
    if (settings.isPostgres()) {
      properties.put("connectTimeout", String.valueOf(CONNECT_MS / 1000));
      properties.put("ApplicationName", "civicswitch reporting");
      properties.put("tcpKeepAlive", "true");
      properties.put("socketTimeout", String.valueOf(SILENT_S_MAX));
    }
    return DriverManager.getConnection(settings.url(), properties);
  }

  private static HikariConfig pool(final ReportingSettings settings) {
    final HikariConfig config = new HikariConfig();
    config.setPoolName("reporting-search");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setSchema(SCHEMA);
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_MS);
    config.setInitializationFailTimeout(-1);
    config.setReadOnly(settings.isPostgres());
    if (settings.isPostgres()) {
      config.addDataSourceProperty("ApplicationName", "civicswitch search");
      // Every search is planned for its own values: a status or an agent is common or rare.
      config.addDataSourceProperty("prepareThreshold", "0");
    }
    return config;
  }

  /**
   * Opens the one writer.
   *
   * @throws SQLException also if another process writes into this store
   */
  public StoreWriter openWriter() throws SQLException {
    final Connection connection = connect(settings);
    try {
      connection.setSchema(SCHEMA);
      return new StoreWriter(connection, dialect);
    } catch (final SQLException | RuntimeException e) {
      try (connection) {
        throw e;
      }
    }
  }

  /** Searches in it. */
  public PaymentSearch payments() {
    return new PaymentSearch(pool, dialect, settings.searchSeconds());
  }

  /** Positions as of any feed sequence. */
  public PositionHistory positions() {
    return new PositionHistory(pool, settings.searchSeconds());
  }

  /** What a cap or a window would have done. */
  public WhatIf whatIf() {
    return new WhatIf(payments(), positions());
  }

  /**
   * How far a store is that nobody need have opened; makes and changes nothing.
   *
   * @return empty if there is none
   * @throws StoreInUseException if another process has the embedded store open
   * @throws IOException if the database cannot be reached
   */
  public static Optional<StorePosition> look(final ReportingSettings settings) throws IOException {
    final ReportingSettings existing =
        settings.isPostgres()
            ? settings
            : new ReportingSettings(
                settings.url() + ";IFEXISTS=TRUE",
                settings.user(),
                settings.password(),
                settings.retentionDays(),
                settings.searchSeconds(),
                settings.connections());
    try (Connection connection = connect(existing)) {
      if (!hasPosition(connection)) {
        return Optional.empty();
      }
      connection.setSchema(SCHEMA);
      return Optional.of(StorePosition.of(FeedPosition.read(connection)));
    } catch (final SQLException e) {
      if (e.getErrorCode() == ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1) {
        return Optional.empty();
      }
      throw cannot("be looked at", settings, e);
    }
  }

  private static boolean hasPosition(final Connection connection) throws SQLException {
    try (ResultSet tables = connection.getMetaData().getTables(null, SCHEMA, null, null)) {
      while (tables.next()) {
        if ("feed_position".equalsIgnoreCase(tables.getString("TABLE_NAME"))) {
          return true;
        }
      }
      return false;
    }
  }

  private static IOException cannot(
      final String what, final ReportingSettings settings, final SQLException e) {
    return e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1
        ? new StoreInUseException(settings.where(), e)
        : new IOException(
            "the reporting store " + settings.where() + " cannot " + what + ": " + e.getMessage(),
            e);
  }

  /** How far the feed is in it. */
  public StorePosition position() throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return StorePosition.of(FeedPosition.read(connection));
    }
  }

  /**
   * Removes everything; the next to open it makes the schema anew. Only while nobody else writes
   * into it.
   *
   * @throws IOException if another process does, or the database refuses
   */
  public static void clear(final ReportingSettings settings) throws IOException {
    final Dialect dialect = settings.isPostgres() ? new PostgresDialect() : new H2Dialect();
    try (Connection claimed = connect(settings)) {
      claimed.setAutoCommit(false);
      dialect.claim(claimed);
      if (hasPosition(claimed)) {
        migration(settings, dialect).cleanDisabled(false).load().clean();
      }
    } catch (final SQLException e) {
      throw cannot("be cleared", settings, e);
    } catch (final FlywayException e) {
      throw new IOException(
          "the reporting store " + settings.where() + " cannot be cleared: " + e.getMessage(), e);
    }
  }

  public ReportingSettings settings() {
    return settings;
  }

  @Override
  public void close() {
    pool.close();
  }

  /**
   * How far a store is.
   *
   * @param feedSequence of its last event, 0 for none
   * @param logSequence of the command that caused that
   * @param timeMs its time
   */
  public record StorePosition(long feedSequence, long logSequence, long timeMs) {
    static StorePosition of(final FeedPosition position) {
      return new StorePosition(position.feedSequence(), position.logSequence(), position.timeMs());
    }
  }

  /** Another process has the embedded store open: a running switch. */
  public static final class StoreInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    StoreInUseException(final String where, final Throwable cause) {
      super("the reporting store " + where + " is in use by another process", cause);
    }
  }
}
