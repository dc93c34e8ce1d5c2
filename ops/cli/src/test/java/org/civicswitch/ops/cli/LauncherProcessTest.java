package org.civicswitch.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher on its own, in a house of which only the outside stands: {@code java} and {@code
 * mvn} say that they were called, and with what.
 */
@Tag("process")
final class LauncherProcessTest {
  private static final String JDK_17 = "JAVA_VERSION=\"17.0.15\"\n";

  @TempDir private Path temporary;

  private Path house;
  private Path jdk;
  private Path tools;

  /** What a run ended with. */
  private record Run(int exit, String out, String err) {}

  @BeforeEach
  void build() throws IOException {
    final Path launcher = launcher();
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "the launcher is a bash script");
    house = Files.createDirectories(temporary.resolve("a house with spaces"));
    Files.copy(launcher, house.resolve("civicswitch"));
    executable(house.resolve("civicswitch"));
    Files.createDirectories(house.resolve("conf"));
    Files.createDirectories(house.resolve("ledger/src/main"));
    Files.writeString(house.resolve("ledger/src/main/Money.java"), "class Money {}");
    jdk = temporary.resolve("jdk");
    tools = Files.createDirectories(temporary.resolve("tools"));
    makeJdk(JDK_17);
    script(house.resolve("mvnw"), "echo wrapper >> '" + called() + "'; mkdir -p '" + image() + "'");
    script(tools.resolve("mvn"), "echo mvn >> '" + called() + "'; mkdir -p '" + image() + "'");
  }

  @Test
  void helpNeedsNeitherJavaNorABuild() throws Exception {
    Files.delete(jdk.resolve("bin/java"));
    final Run run = run("--help");
    assertThat(run.exit).isZero();
    assertThat(run.out).startsWith("Usage: ./civicswitch COMMAND").contains("demo", "verify");
    assertThat(run.err).isEmpty();
  }

  @Test
  void noCommandAndAnUnknownOneAreWrongUsage() throws Exception {
    assertThat(run().exit).isEqualTo(2);
    final Run run = run("demoo");
    assertThat(run.exit).isEqualTo(2);
    assertThat(run.err).contains("there is no command 'demoo'");
    assertThat(called()).as("nothing was built for it").doesNotExist();
  }

  @Test
  void knowsEveryCommandThatItsHelpNames() throws Exception {
    final List<String> named =
        run("--help").out.lines().filter(line -> line.matches("  [a-z]+ .*")).toList();
    assertThat(named).hasSizeGreaterThan(8);
    for (final String line : named) {
      final String command = line.substring(2, line.indexOf(' ', 2));
      final boolean withMaven = command.equals("test") || command.equals("dist");
      assertThat((withMaven ? run(command, "--help") : run(command)).exit).as(command).isZero();
    }
  }

  @Test
  void anUnknownOptionOfTestIsWrongUsage() throws Exception {
    final Run run = run("test", "--fast");
    assertThat(run.exit).isEqualTo(2);
    assertThat(run.err).contains("'--fast'");
  }

  @Test
  void buildsOnceAndPassesArgumentsOn() throws Exception {
    final Run first = run("verify", "--data", "my data");
    assertThat(first.exit).isZero();
    assertThat(first.out.lines()).contains("verify", "--data", "my data");
    assertThat(first.err).contains("uild");
    final Run second = run("verify");
    assertThat(second.err).as("nothing to build").isEmpty();
    assertThat(Files.readAllLines(called())).containsExactly("mvn");
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    run("verify");
    Files.setLastModifiedTime(
        house.resolve("ledger/src/main/Money.java"),
        FileTime.fromMillis(System.currentTimeMillis() + 2_000));
    run("verify");
    assertThat(Files.readAllLines(called())).hasSize(2);
  }

  @Test
  void usesTheWrapperWhereThereIsNoMaven() throws Exception {
    Files.delete(tools.resolve("mvn"));
    assertThat(run("verify").exit).isZero();
    assertThat(Files.readAllLines(called())).containsExactly("wrapper");
  }

  @Test
  void aFailedBuildSaysWhereItsOutputIsAndExitsOne() throws Exception {
    script(tools.resolve("mvn"), "echo '[ERROR] Money.java: ; expected'; exit 1");
    final Run run = run("verify");
    assertThat(run.exit).isEqualTo(1);
    assertThat(run.out).isEmpty();
    assertThat(run.err).contains("[ERROR] Money.java: ; expected", "ops/cli/target/build.log");
    assertThat(image().resolve(".built")).doesNotExist();
  }

  @Test
  void saysThatThereIsNoJava() throws Exception {
    Files.delete(jdk.resolve("bin/java"));
    final Run run = run("verify");
    assertThat(run.exit).isEqualTo(1);
    assertThat(run.err).contains("no Java found", "JDK 17");
  }

  @Test
  void saysThatJavaIsTooOld() throws Exception {
    makeJdk("JAVA_VERSION=\"11.0.2\"\n");
    final Run run = run("verify");
    assertThat(run.exit).isEqualTo(1);
    assertThat(run.err).contains("Java 11", "too old");
  }

  @Test
  void saysThatARuntimeWithoutCompilerCannotBuild() throws Exception {
    Files.delete(jdk.resolve("bin/javac"));
    final Run run = run("verify");
    assertThat(run.exit).isEqualTo(1);
    assertThat(run.err).contains("no compiler", "JDK 17");
  }

  @Test
  void givesNewerJavaItsFlags() throws Exception {
    assertThat(run("verify").out).doesNotContain("jvm.options.24");
    makeJdk("JAVA_VERSION=\"25.0.1\"\n");
    assertThat(run("verify").out).contains("jvm.options.24");
  }

  @Test
  void runsThroughALinkAndFromElsewhere() throws Exception {
    final Path link = temporary.resolve("cs");
    Files.createSymbolicLink(link, house.resolve("civicswitch"));
    final Run run = run(link, temporary, "verify");
    assertThat(run.exit).isZero();
    assertThat(run.out).contains("-Dcivicswitch.home=" + house.toRealPath());
  }

  private Run run(final String... arguments) throws Exception {
    return run(house.resolve("civicswitch"), house, arguments);
  }

  private Run run(final Path launcher, final Path directory, final String... arguments)
      throws Exception {
    final List<String> command = new ArrayList<>(List.of("/bin/bash", launcher.toString()));
    command.addAll(List.of(arguments));
    final ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    final Map<String, String> environment = builder.environment();
    environment.remove("JAVA_HOME");
    environment.put("PATH", jdk.resolve("bin") + ":" + tools + ":" + systemTools());
    final Path out = temporary.resolve("out");
    final Path err = temporary.resolve("err");
    final Process process =
        builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** The system's own tools, without any Java or Maven that it may have. */
  private Path systemTools() throws IOException {
    final Path bin = Files.createDirectories(temporary.resolve("system"));
    for (final String name :
        List.of(
            "bash",
            "cat",
            "dirname",
            "find",
            "flock",
            "grep",
            "head",
            "mkdir",
            "mktemp",
            "readlink",
            "rm",
            "sed",
            "tee",
            "touch")) {
      for (final String place : List.of("/usr/bin", "/bin")) {
        final Path tool = Path.of(place, name);
        if (Files.isExecutable(tool) && !Files.exists(bin.resolve(name))) {
          Files.createSymbolicLink(bin.resolve(name), tool);
        }
      }
    }
    return bin;
  }

  private void makeJdk(final String release) throws IOException {
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), release);
    script(jdk.resolve("bin/java"), "printf '%s\\n' \"$@\"");
    script(jdk.resolve("bin/javac"), "exit 0");
  }

  private Path image() {
    return house.resolve("ops/cli/target/image");
  }

  private Path called() {
    return temporary.resolve("called");
  }

  private static void script(final Path file, final String body) throws IOException {
    Files.writeString(file, "#!/bin/bash\n" + body + "\n", StandardCharsets.UTF_8);
    executable(file);
  }

  private static void executable(final Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path launcher() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(directory.resolve("civicswitch"))) {
      directory = directory.getParent();
    }
    return directory.resolve("civicswitch");
  }
}
