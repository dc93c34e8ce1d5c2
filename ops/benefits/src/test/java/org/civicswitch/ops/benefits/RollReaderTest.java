package org.civicswitch.ops.benefits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RollReaderTest {
  private static final String HEADER =
      "beneficiary,entitlement,amount,currency,agent,account,name,alias,remittance\n";
  @TempDir private Path directory;

  private final List<RollRow> rows = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();

  private void read(final byte[] content) throws Exception {
    final Path file = directory.resolve("roll.csv");
    Files.write(file, content);
    new RollReader("EUR", 2)
        .read(
            file,
            new RollReader.Rows() {
              @Override
              public void row(final RollRow row) {
                rows.add(row);
              }

              @Override
              public void refused(
                  final long line,
                  final String beneficiary,
                  final String code,
                  final String reason) {
                refusals.add(line + " " + code + " " + reason);
              }
            });
  }

  private void read(final String content) throws Exception {
    read(content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsQuotedFieldsAndEmptyOnes() throws Exception {
    read(HEADER + "NID:1,1,12.5,EUR,AURBXX2A,XX12 34,\"Ngũgĩ, \"\"the\"\" second\",,March\n");
    assertThat(rows)
        .containsExactly(
            new RollRow(
                2, "NID:1", 1, 1250, "AURBXX2A", "XX12 34", "Ngũgĩ, \"the\" second", "", "March"));
    assertThat(refusals).isEmpty();
  }

  @Test
  void readsSemicolonsAnyColumnOrderAndByteOrderMark() throws Exception {
    read("\uFEFFname;alias;currency;amount;entitlement;beneficiary\r\nA;tel:+1;EUR;3;7;NID:9\r\n");
    assertThat(rows).containsExactly(new RollRow(2, "NID:9", 7, 300, "", "", "A", "tel:+1", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nid1,1,1,EUR,AURBXX2A,X,N,,|BENEFICIARY
          NID:1,0,1,EUR,AURBXX2A,X,N,,|ENTITLEMENT
          NID:1,1,1,USD,AURBXX2A,X,N,,|CURRENCY
          NID:1,1,0,EUR,AURBXX2A,X,N,,|AMOUNT
          NID:1,1,-1,EUR,AURBXX2A,X,N,,|AMOUNT
          NID:1,1,1.234,EUR,AURBXX2A,X,N,,|AMOUNT
          NID:1,1,1e3,EUR,AURBXX2A,X,N,,|AMOUNT
          NID:1,1,'1,000',EUR,AURBXX2A,X,N,,|COLUMNS
          NID:1,1,99999999999999999,EUR,AURBXX2A,X,N,,|AMOUNT
          NID:1,1,1,EUR,AURBXX2A,X,,,|NAME
          NID:1,1,1,EUR,,X,N,,|DESTINATION
          NID:1,1,1,EUR,AURBXX2A,,N,tel:+49301234567,|DESTINATION
          NID:1,1,1,EUR,,X,N,tel:+49301234567,|DESTINATION
          NID:1,1,1,EUR,AURBXX2A,X,N,tel:+49301234567,|DESTINATION
          NID:1,1,1,EUR,,,N,email:somebody.with.a.long.name@example.org,|ALIAS
          NID:1,1,1,EUR,AURBXX2A,X,N￿,,|CHARACTERS
          NID:1,1,1,EUR,AURB,X,N,,|AGENT
          NID:1,1,1,EUR|COLUMNS
          """)
  void refusesARowByItself(final String row, final String code) throws Exception {
    read(HEADER + row + "\nNID:2,1,1,EUR,AURBXX2A,X,N,,\n");
    assertThat(refusals).singleElement().asString().startsWith("2 " + code + " ");
    assertThat(rows).extracting(RollRow::line).containsExactly(3L);
  }

  @Test
  void refusesAFileThatIsNoRoll() {
    assertThatThrownBy(() -> read("a,b\n1,2\n"))
        .isInstanceOf(RollFormatException.class)
        .hasMessageContaining("missing columns beneficiary, entitlement");
    assertThatThrownBy(() -> read(HEADER)).hasMessageContaining("no rows");
    assertThatThrownBy(() -> read(HEADER.replace("remittance", "colour") + "1,1,1,1,1,1,1,1,1\n"))
        .hasMessageContaining("unknown column 'colour'");
    assertThatThrownBy(
            () ->
                read(
                    (HEADER
                            + "NID:1,1,1,EUR,AURBXX2A,X,N,,\n".repeat(5_000)
                            + "NID:1,1,1,EUR,AURBXX2A,X,é,,\n")
                        .getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(RollFormatException.class)
        .hasMessageContaining("line 5002: not UTF-8");
    assertThatThrownBy(() -> read((HEADER + "x\n").getBytes(StandardCharsets.UTF_16)))
        .hasMessageContaining("line 1: not UTF-8");
    assertThatThrownBy(() -> read(HEADER.replace("remittance", "name") + "1,1,1,1,1,1,1,1,1\n"))
        .hasMessageContaining("duplicate fields: [name]");
    assertThatThrownBy(() -> read(HEADER + "NID:1,1,1,EUR,AURBXX2A,X,\"N,,\n".repeat(3)))
        .isInstanceOf(RollFormatException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1,2,100",
    "1.5,2,150",
    "0.01,2,1",
    "7,0,7",
    "1.005,3,1005",
    "1.,2,-1",
    ".5,2,-1",
    "7.1,0,-1"
  })
  void countsMinorUnitsExactly(final String text, final int exponent, final long minor) {
    assertThat(Amounts.minorUnits(text, exponent)).isEqualTo(minor);
  }
}
