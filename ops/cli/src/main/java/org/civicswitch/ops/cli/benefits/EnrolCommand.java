package org.civicswitch.ops.cli.benefits;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.civicswitch.gateway.kit.identity.EnrolledPerson;
import org.civicswitch.gateway.kit.identity.EnrolmentStatementVerifier;
import org.civicswitch.gateway.kit.identity.IdentityRefused;
import org.civicswitch.ops.benefits.Enrolment;
import org.civicswitch.ops.benefits.EnrolmentResult;
import org.civicswitch.ops.benefits.EnrolmentVerdicts;
import org.civicswitch.ops.benefits.PeopleFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./civicswitch benefits enrol}. */
@Command(
    name = "enrol",
    description =
        "Enrols people with the identity provider's signed statements about them: those it makes"
            + " for the column 'beneficiary' of a CSV (a roll will do), or those in a file.",
    mixinStandardHelpOptions = true)
final class EnrolCommand implements Callable<Integer> {
  @Mixin private OfficeOptions options;

  @Parameters(
      paramLabel = "FILE",
      description = "CSV with a column 'beneficiary'; with --statements one statement per line.")
  private Path file;

  @Option(
      names = "--statements",
      description = "FILE holds signed statements, at most five minutes old, in place of a CSV.")
  private boolean statements;

  @Option(
      names = "--assurance",
      defaultValue = "2",
      paramLabel = "1..4",
      description = "How well the people were authenticated; default ${DEFAULT-VALUE}.")
  private int assurance;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the verdict file goes; default: beside FILE.")
  private Path out;

  private long enrolled;
  private long refused;

  @Override
  public Integer call() throws Exception {
    if (assurance < 1 || assurance > 4) {
      throw options.wrong("--assurance: 1 to 4");
    }
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IOException("cannot read " + file);
    }
    final String name = file.getFileName() + ".enrolment.csv";
    final Path verdicts = out == null ? file.resolveSibling(name) : out.resolve(name);
    return OfficeSession.report(
        options,
        (session, report) -> {
          if (out != null) {
            Files.createDirectories(out);
          }
          try (EnrolmentVerdicts refusals = EnrolmentVerdicts.create(verdicts)) {
            if (statements) {
              fromStatements(session, refusals);
            } else {
              fromCsv(session, refusals);
            }
          }
          report
              .put("enrolled", enrolled)
              .put("refused", refused)
              .put("verdict_file", verdicts.toString())
              .say(enrolled + " people enrolled, " + refused + " refused; see " + verdicts);
          if (enrolled == 0) {
            report.fail();
          }
        });
  }

  private void fromCsv(final OfficeSession session, final EnrolmentVerdicts refusals)
      throws Exception {
    final IdentityClient identities = session.identities();
    final EnrolmentStatementVerifier verifier =
        new EnrolmentStatementVerifier(identities.verifier());
    final Enrolment enrolment = session.enrolment();
    PeopleFile.read(
        file,
        EnrolmentStatementVerifier.MAX_PEOPLE,
        new PeopleFile.People() {
          @Override
          public void portion(final Map<String, Long> lines) throws IOException {
            final String statement =
                identities.statement(new ArrayList<>(lines.keySet()), assurance);
            try {
              enrol(enrolment, verifier.verify(statement), lines, refusals);
            } catch (final IdentityRefused e) {
              throw new IOException("the statement proves nothing: " + e.getMessage(), e);
            }
          }

          @Override
          public void refused(final long line, final String beneficiary, final String reason) {
            refused++;
            refusals.refused(line, beneficiary, reason);
          }
        });
  }

  private void fromStatements(final OfficeSession session, final EnrolmentVerdicts refusals)
      throws Exception {
    final EnrolmentStatementVerifier verifier =
        new EnrolmentStatementVerifier(session.identities().verifier());
    final Enrolment enrolment = session.enrolment();
    long line = 0;
    for (final String statement : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
      line++;
      if (statement.isBlank()) {
        continue;
      }
      final List<EnrolledPerson> people;
      try {
        people = verifier.verify(statement.strip());
      } catch (final IdentityRefused e) {
        throw new IOException(file + ", line " + line + ": " + e.getMessage(), e);
      }
      final Map<String, Long> lines = new HashMap<>();
      for (final EnrolledPerson person : people) {
        lines.put(person.person(), line);
      }
      enrol(enrolment, people, lines, refusals);
    }
  }

  private void enrol(
      final Enrolment enrolment,
      final List<EnrolledPerson> people,
      final Map<String, Long> lines,
      final EnrolmentVerdicts refusals) {
    final EnrolmentResult result =
        enrolment.enrol(
            people,
            (person, code) -> refusals.refused(lines.get(person.person()), person.person(), code));
    enrolled += result.enrolled();
    refused += result.refused();
  }
}
