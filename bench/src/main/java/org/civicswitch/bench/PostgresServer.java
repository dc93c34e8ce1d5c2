package org.civicswitch.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A PostgreSQL of its own in a directory, reached by a socket there and by nobody else (unless over
 * loopback). It refuses to run as root: then it runs as the user {@code postgres}.
 */
final class PostgresServer implements AutoCloseable {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final List<String> NEEDED = List.of("initdb", "postgres", "psql", "pgbench");
  private static final String SUPERUSER = "bench";
  private static final String RUN_AS = "postgres";
  private static final String LOOPBACK = "127.0.0.1";
  private static final int SOCKET_PORT = 5432;
  private static final long START_NS_MAX = TimeUnit.SECONDS.toNanos(60);
  private static final int STOP_S_MAX = 60;

  /** The kernel's bound for a socket's path, less the name of the socket. */
  private static final int DIRECTORY_LENGTH_MAX = 107 - "/.s.PGSQL.65535".length();

  private final Path binaries;
  private final Path directory;
  private final Path log;
  private final int port;
  private final Process process;
  private final Thread hook;

  private PostgresServer(final Path binaries, final Path directory, final int port)
      throws IOException {
    this.binaries = binaries;
    this.directory = directory;
    this.port = port;
    log = directory.resolveSibling(directory.getFileName() + ".log");
    process =
        new ProcessBuilder(
                asServer(
                    binaries.resolve("postgres").toString(),
                    "-D",
                    directory.toString(),
                    "-k",
                    directory.toString(),
                    "-c",
                    "port=" + (port == 0 ? SOCKET_PORT : port),
                    "-c",
                    "listen_addresses=" + (port == 0 ? "" : LOOPBACK)))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    hook = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Where the newest server's programs are, if there is one: Debian's directories, else PATH. */
  static Optional<Path> find() throws IOException {
    final List<Path> candidates = new ArrayList<>();
    if (Files.isDirectory(DEBIAN)) {
      try (Stream<Path> versions = Files.list(DEBIAN)) {
        versions
            .sorted(Comparator.comparing(PostgresServer::version).reversed())
            .forEach(version -> candidates.add(version.resolve("bin")));
      }
    }
    final String path = System.getenv("PATH");
    for (final String entry : path == null ? new String[0] : path.split(":")) {
      candidates.add(Path.of(entry));
    }
    return candidates.stream()
        .filter(bin -> NEEDED.stream().allMatch(name -> Files.isExecutable(bin.resolve(name))))
        .findFirst();
  }

  private static int version(final Path directory) {
    final String name = directory.getFileName().toString();
    return name.matches("\\d{1,4}") ? Integer.parseInt(name) : 0;
  }

  /**
   * Makes a cluster and starts it.
   *
   * @param parent an existing directory; others may pass through it afterwards
   * @throws IOException if there is no server on this machine, or it does not start; the message
   *     says what to do
   */
  static PostgresServer start(final Path parent) throws IOException {
    return start(parent, 0);
  }

  /** The same, reached over loopback too: JDBC knows no sockets of files. */
  static PostgresServer startOnLoopback(final Path parent) throws IOException {
    final int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    return start(parent, port);
  }

  private static PostgresServer start(final Path parent, final int port) throws IOException {
    final Path binaries =
        find()
            .orElseThrow(
                () ->
                    new IOException(
                        "no PostgreSQL server here, neither below "
                            + DEBIAN
                            + " nor in PATH; Debian: apt-get install postgresql"));
    final Path directory =
        Files.createDirectory(parent.toAbsolutePath().resolve("postgres")).toRealPath();
    if (directory.toString().length() > DIRECTORY_LENGTH_MAX) {
      throw new IOException("a socket's path would be too long in " + directory + "; use --data");
    }
    if (isRoot()) {
      final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(parent);
      permissions.add(PosixFilePermission.OTHERS_EXECUTE);
      Files.setPosixFilePermissions(parent, permissions);
      Files.setOwner(
          directory,
          directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(RUN_AS));
    }
    output(
        "initdb (as root: can the user " + RUN_AS + " reach the directory? --data names another)",
        asServer(
            binaries.resolve("initdb").toString(),
            "--pgdata=" + directory,
            "--username=" + SUPERUSER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync"));
    Files.write(
        directory.resolve("postgresql.conf"), resource("postgres.conf"), StandardOpenOption.APPEND);
    final PostgresServer server = new PostgresServer(binaries, directory, port);
    try {
      server.awaitReady();
    } catch (final IOException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static List<String> asServer(final String... command) {
    final List<String> all = new ArrayList<>();
    if (isRoot()) {
      all.addAll(List.of("setpriv", "--reuid=" + RUN_AS, "--regid=" + RUN_AS, "--init-groups"));
    }
    all.addAll(Arrays.asList(command));
    return all;
  }

  private void awaitReady() throws IOException {
    final long end = System.nanoTime() + START_NS_MAX;
    while (true) {
      try {
        sql("SELECT 1");
        return;
      } catch (final IOException e) {
        if (!process.isAlive() || System.nanoTime() - end > 0) {
          throw new IOException("PostgreSQL does not start: " + Files.readString(log), e);
        }
        LockSupport.parkNanos(100_000_000);
      }
    }
  }

  static byte[] resource(final String name) throws IOException {
    try (InputStream in = PostgresServer.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("not in this build: " + name);
      }
      return in.readAllBytes();
    }
  }

  /**
   * Runs statements, one transaction for all.
   *
   * @return what psql prints of the last one, fields separated by {@code |}
   */
  String sql(final String statements) throws IOException {
    return output("psql", client("psql", "-XqAt", "--set=ON_ERROR_STOP=1", "-c", statements))
        .strip();
  }

  /** The command of one of PostgreSQL's client programs, connected to this server. */
  List<String> client(final String program, final String... arguments) {
    final List<String> all = new ArrayList<>();
    all.add(binaries.resolve(program).toString());
    all.addAll(List.of("-h", directory.toString(), "-U", SUPERUSER));
    all.addAll(List.of("-p", String.valueOf(port == 0 ? SOCKET_PORT : port)));
    all.addAll(Arrays.asList(arguments));
    all.add("postgres");
    return all;
  }

  /**
   * Waits for a program to end.
   *
   * @return its standard output
   * @throws IOException with all it printed, if it does not exit with 0
   */
  static String output(final String what, final List<String> command) throws IOException {
    final Path errors = Files.createTempFile("civicswitch-bench-", ".err");
    try {
      final Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      final String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      final int exit = process.waitFor();
      if (exit != 0) {
        throw new IOException(what + " exits with " + exit + ": " + out + Files.readString(errors));
      }
      return out;
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(what + " was interrupted", e);
    } finally {
      Files.delete(errors);
    }
  }

  /** For JDBC; without a password. */
  String url() {
    return "jdbc:postgresql://" + LOOPBACK + ":" + port + "/postgres";
  }

  String user() {
    return SUPERUSER;
  }

  /** Stops it; its directory is left to the caller. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_S_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("PostgreSQL does not stop");
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
