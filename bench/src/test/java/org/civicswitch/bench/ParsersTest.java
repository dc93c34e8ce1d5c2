package org.civicswitch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.civicswitch.bench.MessageParser.Found;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All parsers read the measured messages, and read the same. */
@Tag("slow")
class ParsersTest {
  private static final Found ONE = new Found(SampleMessages.UETR, 1);

  @Test
  void theSingleMessageIsReadAlike() throws Exception {
    assertThat(Parsers.own().parse(SampleMessages.single())).isEqualTo(ONE);
    assertThat(Parsers.aalto().parse(SampleMessages.single())).isEqualTo(ONE);
    assertThat(Parsers.prowide().parse(SampleMessages.single())).isEqualTo(ONE);
  }

  @Test
  void isValidAgainstTheOfficialSchema() throws Exception {
    final Path schema = SampleMessages.schema();
    Assumptions.assumeTrue(schema != null, "no folder shared/inputs");
    assertThat(Parsers.woodstoxWithMsv(schema).parse(SampleMessages.single())).isEqualTo(ONE);
    Parsers.jdkValidator(schema).parse(SampleMessages.single());
    Parsers.jdkValidator(schema).parse(SampleMessages.bulk(3));
  }

  @Test
  void bulkNumbersItsTransactions() throws Exception {
    final byte[] message = SampleMessages.bulk(1000);
    assertThat(Parsers.own().parse(message)).isEqualTo(new Found(SampleMessages.uetr(1000), 1000));
    assertThat(new String(message, StandardCharsets.UTF_8))
        .contains("<NbOfTxs>1000</NbOfTxs>", "E2E-000001000<");
  }

  @Test
  void messagesOfTheRoundTripAreTaken() throws Exception {
    final Found found = Parsers.own().parse(PaymentMessages.pay(77).getBytes());
    assertThat(found).isEqualTo(new Found(SampleMessages.uetr(77), 1));
  }
}
