package org.civicswitch.ops.benefits;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes CSV: UTF-8, comma, line feed. For a spreadsheet a cell that begins like a formula gets an
 * apostrophe in front, which changes it; so that is an option, and never for what is read again.
 */
final class CsvFile implements AutoCloseable {
  private final CsvWriter writer;
  private final boolean forSpreadsheet;

  private CsvFile(final CsvWriter writer, final boolean forSpreadsheet) {
    this.writer = writer;
    this.forSpreadsheet = forSpreadsheet;
  }

  static CsvFile create(final Path file, final boolean forSpreadsheet) throws IOException {
    return new CsvFile(
        CsvWriter.builder()
            .build(
                file,
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE),
        forSpreadsheet);
  }

  void row(final String... cells) {
    if (forSpreadsheet) {
      for (int i = 0; i < cells.length; i++) {
        cells[i] = escaped(cells[i]);
      }
    }
    writer.writeRecord(cells);
  }

  /** As OWASP says: a cell that begins with one of these is a formula to a spreadsheet. */
  static String escaped(final String cell) {
    return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
