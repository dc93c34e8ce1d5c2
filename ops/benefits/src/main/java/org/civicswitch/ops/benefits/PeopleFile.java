package org.civicswitch.ops.benefits;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.civicswitch.gateway.kit.keys.PersonId;

/**
 * Who is to be enrolled: a CSV with a column {@code beneficiary}, so a roll will do. Read in
 * portions, whatever its size. Not for use by several threads.
 */
public final class PeopleFile {
  private static final String COLUMN = "beneficiary";

  private PeopleFile() {}

  /** Takes what is read, in the order of the file. */
  public interface People {
    /**
     * @param lines of the file where each person stands first, by identifier; in the order of the
     *     file, never empty
     */
    void portion(Map<String, Long> lines) throws IOException;

    /** A row that names nobody. */
    void refused(long line, String beneficiary, String reason) throws IOException;
  }

  /**
   * @param most people in a portion
   * @throws RollFormatException if the file is not CSV in UTF-8 with such a column
   */
  public static void read(final Path file, final int most, final People people)
      throws IOException, RollFormatException {
    final Map<String, Long> portion = new LinkedHashMap<>();
    boolean any = false;
    try (Reader text = Utf8.open(file);
        CsvReader<NamedCsvRecord> csv =
            CsvReader.builder()
                .fieldSeparator(Utf8.separator(file))
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .skipEmptyLines(true)
                .ofNamedCsvRecord(text)) {
      for (final NamedCsvRecord record : csv) {
        final Optional<String> found = record.findField(COLUMN);
        if (found.isEmpty() && !record.getHeader().contains(COLUMN)) {
          throw new RollFormatException("line 1: missing column " + COLUMN);
        }
        any = true;
        final String person = found.orElse("").strip();
        final String problem = problem(person);
        if (problem != null) {
          people.refused(record.getStartingLineNumber(), person, problem);
          continue;
        }
        portion.putIfAbsent(person, record.getStartingLineNumber());
        if (portion.size() == most) {
          people.portion(portion);
          portion.clear();
        }
      }
    } catch (final UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw Utf8.refusal(file, e);
      }
      throw e.getCause();
    } catch (final CharacterCodingException e) {
      throw Utf8.refusal(file, e);
    } catch (final CsvParseException e) {
      throw new RollFormatException("not CSV: " + e.getMessage(), e);
    }
    if (!any) {
      throw new RollFormatException(file.getFileName() + " has no rows");
    }
    if (!portion.isEmpty()) {
      people.portion(portion);
    }
  }

  private static String problem(final String person) {
    try {
      PersonId.parse(person);
      return null;
    } catch (final IllegalArgumentException e) {
      return e.getMessage();
    }
  }
}
