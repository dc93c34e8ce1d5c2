package org.civicswitch.ops.benefits;

import java.io.IOException;
import java.nio.file.Path;
import org.civicswitch.core.protocol.Code;

/** The verdict file of an enrolment: {@code line,beneficiary,code,reason}, a row per refusal. */
public final class EnrolmentVerdicts implements AutoCloseable {
  private final CsvFile file;

  private EnrolmentVerdicts(final CsvFile file) {
    this.file = file;
    file.row("line", "beneficiary", "code", "reason");
  }

  public static EnrolmentVerdicts create(final Path file) throws IOException {
    return new EnrolmentVerdicts(CsvFile.create(file, false));
  }

  /** A row that names nobody. */
  public void refused(final long line, final String beneficiary, final String reason) {
    file.row(Long.toString(line), beneficiary, "BENEFICIARY", reason);
  }

  /** A person whom the switch does not take. */
  public void refused(final long line, final String beneficiary, final Code code) {
    file.row(Long.toString(line), beneficiary, code.name(), VerdictWording.of(code));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
