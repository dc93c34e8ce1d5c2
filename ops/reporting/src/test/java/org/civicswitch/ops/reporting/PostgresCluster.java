package org.civicswitch.ops.reporting;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL server of the test's own, on a port of loopback, in a directory for its time. */
final class PostgresCluster implements AutoCloseable {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final String SERVER_USER = "postgres";

  private final Path binaries;
  private final Path directory;
  private final int port;
  private int databases;

  private PostgresCluster(final Path binaries, final Path directory, final int port) {
    this.binaries = binaries;
    this.directory = directory;
    this.port = port;
  }

  /** Where the newest installed server is; empty if there is none. */
  static Optional<Path> binaries() {
    if (!Files.isDirectory(DEBIAN)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparingInt(bin -> Integer.parseInt(name(bin.getParent()))));
    } catch (final IOException e) {
      return Optional.empty();
    }
  }

  private static String name(final Path path) {
    return path.getFileName().toString();
  }

  static PostgresCluster start() throws IOException {
    final Path binaries = binaries().orElseThrow();
    final Path directory = Files.createTempDirectory("civicswitch-postgres-");
    final int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    final PostgresCluster cluster = new PostgresCluster(binaries, directory, port);
    if (isRoot()) {
      // The server does not run as root.
      Files.setOwner(
          directory,
          directory
              .getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByName(SERVER_USER));
    }
    cluster.run(
        "initdb",
        "--pgdata=" + cluster.data(),
        "--username=test",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync");
    cluster.run(
        "pg_ctl",
        "--pgdata=" + cluster.data(),
        "--log=" + directory.resolve("log"),
        "--options=-p "
            + port
            + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off",
        "--wait",
        "start");
    return cluster;
  }

  private Path data() {
    return directory.resolve("data");
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private void run(final String program, final String... arguments) throws IOException {
    final List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=" + SERVER_USER, "--regid=" + SERVER_USER, "--init-groups"));
    }
    command.add(binaries.resolve(program).toString());
    command.addAll(List.of(arguments));
    // Into a file: the server that pg_ctl leaves behind keeps a pipe open.
    final Path said = Files.createTempFile("civicswitch-postgres-", ".log");
    try {
      final Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(program + ": " + Files.readString(said, StandardCharsets.UTF_8));
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(program + " was interrupted", e);
    } finally {
      Files.delete(said);
    }
  }

  /** The URL of a new, empty database; the user is {@code test}, without a password. */
  String newDatabase() throws Exception {
    final String name = "test" + databases++;
    try (Connection connection = DriverManager.getConnection(url("postgres"), "test", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return url(name);
  }

  private String url(final String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Ends every connection at once, as a crash of the server would, and starts it again. */
  void crash() throws IOException {
    run("pg_ctl", "--pgdata=" + data(), "--mode=immediate", "--wait", "stop");
  }

  void startAgain() throws IOException {
    run(
        "pg_ctl",
        "--pgdata=" + data(),
        "--log=" + directory.resolve("log"),
        "--options=-p "
            + port
            + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off",
        "--wait",
        "start");
  }

  @Override
  public void close() throws IOException {
    run("pg_ctl", "--pgdata=" + data(), "--mode=immediate", "--wait", "stop");
    try (Stream<Path> files = Files.walk(directory)) {
      for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
