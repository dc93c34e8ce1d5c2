package org.civicswitch.ops.funds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementReaderTest {
  private static final String CSV =
      """
      kind,account,currency,date,amount,reference
      opening,XX01,EUR,2026-01-01,10.00,
      entry,XX01,EUR,2026-01-01,250.00,B-77
      entry,XX01,EUR,2026-01-02,-50.5,"B,78"
      closing,XX01,EUR,2026-01-02,209.50,S-1
      """;

  private static final String MT940 =
      """
      {1:F01AAAABB99BSMK3513951576}{2:O9400934081223BBBBAA33XXXX03592332770812230834N}{4:
      :20:258158850
      :25:DD01100056869
      :28C:1/1
      :60F:C260101EUR1234,56
      :61:2601010102C1000,NTRFB-77//BANK-1
      :86:166?00PREFUNDING?20B-77 OF AURORA
      :61:2601020102D34,56NTRFNONREF
      :86:/OUT/X-9
      :61:2601020102RC100,NTRFB-79
      :61:2601020102RD0,01NTRFB-80
      :62F:C260102EUR2100,01
      -}
      """;

  private static final String CAMT =
      """
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
      <GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-01-02T18:00:00</CreDtTm></GrpHdr>
      <Stmt><Id>S-9</Id><Acct><Id><IBAN>BE68539007547034</IBAN></Id><Ccy>EUR</Ccy></Acct>
      <Bal><Tp><CdOrPrtry><Cd>PRCD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">5.00</Amt>
       <CdtDbtInd>DBIT</CdtDbtInd><Dt><Dt>2026-01-01</Dt></Dt></Bal>
      <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">99.00</Amt>
       <CdtDbtInd>CRDT</CdtDbtInd><Dt><DtTm>2026-01-02T23:59:59+01:00</DtTm></Dt></Bal>
      <Ntry><NtryRef>N1</NtryRef><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
       <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-01-02</Dt></BookgDt>
       <NtryDtls><TxDtls><Refs><EndToEndId>B-1</EndToEndId></Refs><Amt Ccy="EUR">60.00</Amt>
         <CdtDbtInd>CRDT</CdtDbtInd></TxDtls>
        <TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
         <AmtDtls><TxAmt><Amt Ccy="EUR">40.00</Amt></TxAmt></AmtDtls>
         <RmtInf><Ustrd>B-2</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
      <Ntry><Amt Ccy="EUR">7.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts>
       <BookgDt><Dt>2026-01-02</Dt></BookgDt></Ntry>
      <Ntry><Amt Ccy="EUR">4.000</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
       <ValDt><Dt>2026-01-02</Dt></ValDt><AcctSvcrRef>A-3</AcctSvcrRef></Ntry>
      </Stmt></BkToCstmrStmt></Document>
      """;

  private static Statement read(final String text) throws StatementRefused {
    final List<Statement> statements = StatementReader.read(text.getBytes(UTF_8));
    assertThat(statements).hasSize(1);
    return statements.get(0);
  }

  private static void refused(final String text, final String... parts) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(StatementRefused.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void csv() throws StatementRefused {
    final Statement statement = read(CSV);
    assertThat(statement.id()).isEqualTo("S-1");
    assertThat(statement.opening()).isEqualTo(10_00);
    assertThat(statement.closing()).isEqualTo(209_50);
    assertThat(statement.entries())
        .extracting(Statement.Entry::amount)
        .containsExactly(250_00L, -50_50L);
    assertThat(statement.entries().get(1).references()).containsExactly("B,78");
    assertThat(read("\uFEFF" + CSV).closingDate()).isEqualTo(LocalDate.of(2026, 1, 2));
  }

  @Test
  void csvThatIsWrongSaysWhere() {
    refused(CSV.replace("250.00", "250.001"), "line 3", "not an amount of EUR", "250.001");
    refused(CSV.replace("-50.5", "1e3"), "line 4", "1e3");
    refused(CSV.replace("209.50", "209.51"), "come to 209.50 EUR", "says 209.51 EUR");
    refused(CSV.replace("2026-01-02,209", "2026-02-30,209"), "line 5", "not a date");
    refused(CSV.replace("entry,XX01,EUR,2026-01-02", "entry,XX02,EUR,2026-01-02"), "line 4");
    refused(CSV.replace("kind,", "sort,"), "a CSV begins with kind,account,currency");
    refused(CSV.replace("EUR", "XAU"), "XAU");
    refused(CSV.substring(0, CSV.indexOf("closing")), "an opening and a closing line");
    refused(CSV + "entry,XX01,EUR,2026-01-03,1.00,X\n", "line 6", "behind the closing line");
    refused("holiday pictures", "a CSV begins with");
    refused("", "an opening and a closing line");
  }

  @Test
  void mt940() throws StatementRefused {
    final Statement statement = read(MT940);
    assertThat(statement.account()).isEqualTo("DD01100056869");
    assertThat(statement.id()).isEqualTo("258158850 1/1");
    assertThat(statement.opening()).isEqualTo(1_234_56);
    assertThat(statement.entries())
        .extracting(Statement.Entry::amount)
        .containsExactly(1_000_00L, -34_56L, -100_00L, 1L);
    final Statement.Entry first = statement.entries().get(0);
    assertThat(first.booked()).isEqualTo(LocalDate.of(2026, 1, 2));
    assertThat(first.references()).contains("B-77", "BANK-1");
    assertThat(statement.entries().get(1).references()).contains("X-9");
  }

  @Test
  void mt940ThatIsWrongSaysWhere() {
    refused(MT940.replace("D34,56", "X34,56"), "line 8", "not an entry");
    refused(MT940.replace(":60F:C260101", ":60F:C261301"), "line 5", "not a date");
    refused(MT940.replace(":62F:C260102EUR2100,01", ":62F:D260102EUR2100,01"), "come to 2100.01");
    refused(MT940.replace(":62F:", ":64:"), "no closing balance (62F)");
    refused(MT940.replace(":60F:C260101EUR1234,56\n", ""), "before the opening balance");
    refused(
        MT940.replace(":62F:C260102EUR2100,01\n-}\n", "") + MT940,
        "has no closing balance (62F), and another one begins");
  }

  @Test
  void whatIsTooLongIsRefused() {
    assertThatThrownBy(() -> StatementReader.read(new byte[StatementReader.BYTES_MAX + 1]))
        .hasMessageContaining("longer than 67108864 bytes");
    final String entry = "entry,XX01,EUR,2026-01-01,0.00,\n";
    refused(
        CSV.replace("closing", entry.repeat(Statement.ENTRIES_MAX) + "closing"),
        "more than 1000000 entries");
  }

  /** 0x85 is a letter's second half in UTF-8 and the end of a line for Java. */
  @Test
  void lettersDoNotEndLines() throws StatementRefused {
    final Statement statement = read(MT940.replace("?20B-77 OF AURORA", "?20B-77 \u00c5SA"));
    assertThat(statement.entries().get(0).references()).contains("B-77", "\u00c5SA");
    assertThat(
            StatementReader.read(
                MT940.replace("AURORA", "\u00c5SA").getBytes(StandardCharsets.ISO_8859_1)))
        .hasSize(1);
  }

  @Test
  void twoMt940InOneFile() throws StatementRefused {
    final String second = MT940.replace("258158850", "258158851");
    assertThat(StatementReader.read((MT940 + second).getBytes(UTF_8))).hasSize(2);
  }

  /** Who reads of it reads lines: a bank's text must not begin one. */
  @Test
  void whatABankWritesStaysOnItsLine() throws StatementRefused {
    final Statement statement =
        read(CSV.replace("S-1", "\"S-1\nEUR: in the switch 0.00; agrees\""));
    assertThat(statement.id()).isEqualTo("S-1 EUR: in the switch 0.00; agrees");
  }

  @Test
  void camt053() throws StatementRefused {
    final Statement statement = read(CAMT);
    assertThat(statement.account()).isEqualTo("BE68539007547034");
    assertThat(statement.opening()).isEqualTo(-5_00);
    assertThat(statement.entries())
        .extracting(Statement.Entry::amount)
        .containsExactly(60_00L, 40_00L, 4_00L);
    assertThat(statement.entries().get(0).references()).containsExactly("B-1");
    assertThat(statement.entries().get(1).references()).containsExactly("B-2");
    assertThat(read(CAMT.replace("<Ustrd>B-2", "<Ustrd>prefunding B-2")).entries().get(1))
        .extracting(Statement.Entry::references)
        .isEqualTo(List.of("prefunding B-2", "prefunding", "B-2"));
    assertThat(
            read(CAMT.replace(
                    "<CdtDbtInd>DBIT</CdtDbtInd><Dt>",
                    "<CdtDbtInd>DBIT</CdtDbtInd><Avlbty><Amt Ccy=\"EUR\">77.00</Amt></Avlbty><Dt>"))
                .opening())
        .isEqualTo(-5_00);
    assertThat(read(CAMT.replace("<Amt Ccy=\"EUR\">60.00", "<Amt Ccy=\"KWD\">60.123")).entries())
        .as("not taken apart")
        .hasSize(2);
    assertThat(statement.entries().get(2).references()).containsExactly("A-3");
    assertThat(statement.closingDate()).isEqualTo(LocalDate.of(2026, 1, 2));
  }

  @Test
  void camt053ThatIsWrongSaysWhere() {
    refused(CAMT.replace("99.00", "98.00"), "come to 99.00 EUR", "says 98.00 EUR");
    refused(CAMT.replace(">CRDT<", ">CREDIT<"), "CdtDbtInd is CRDT or DBIT, not CREDIT");
    refused(CAMT.replace("CLBD", "CLAV"), "no closing balance (CLBD)");
    refused(CAMT.replace("4.000", "4.001"), "entry 3", "4.001");
    refused(CAMT.replace("camt.053.001.08", "camt.054.001.08"), "this is no camt.053");
    refused(CAMT.replace("</Stmt>", ""), "not well-formed");
    refused(CAMT.replace("Stmt>", "Rpt>"), "a Bal outside a Stmt");
    refused(CAMT.replace("<Amt Ccy=\"EUR\">99", "<Amt Ccy=\"USD\">99"), "a balance in USD");
    refused(
        CAMT.replace(">100.00<", ">90000000000000000.00<")
            .replace(">4.000<", ">90000000000000000.00<"),
        "more than can be counted");
    refused("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + CAMT, "");
    refused("<a>".repeat(60), "more than 48 elements deep");
  }
}
