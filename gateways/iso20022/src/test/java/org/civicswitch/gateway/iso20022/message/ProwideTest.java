package org.civicswitch.gateway.iso20022.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.prowidesoftware.swift.model.mx.MxPacs00200110;
import com.prowidesoftware.swift.model.mx.MxPacs00800108;
import com.prowidesoftware.swift.model.mx.dic.CreditTransferTransaction39;
import com.prowidesoftware.swift.model.mx.dic.PaymentTransaction110;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.civicswitch.gateway.iso20022.Samples;
import org.civicswitch.gateway.iso20022.Samples.Sample;
import org.civicswitch.gateway.iso20022.schema.MessageRefused;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What we read of real messages is what an independent library reads of them. */
@Tag("slow")
class ProwideTest {
  private final MessageReader reader = new MessageReader();

  @Test
  void fieldsAgree() throws Exception {
    int compared = 0;
    for (Sample sample : Samples.all()) {
      InboundBody body = body(sample);
      String xml = new String(sample.bytes(), StandardCharsets.UTF_8);
      if (body instanceof CreditTransfer transfer && sample.type().equals("pacs.008.001.08")) {
        compare(sample.file(), transfer, MxPacs00800108.parse(xml));
        compared++;
      } else if (body instanceof PaymentStatus status && sample.type().equals("pacs.002.001.10")) {
        compare(sample.file(), status, MxPacs00200110.parse(xml));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(50);
  }

  private InboundBody body(Sample sample) {
    try {
      return reader.read(sample.bytes()).body();
    } catch (MessageRefused e) {
      return null;
    }
  }

  private static void compare(String file, CreditTransfer ours, MxPacs00800108 theirs) {
    var header = theirs.getFIToFICstmrCdtTrf().getGrpHdr();
    assertThat(ours.messageId()).as(file).isEqualTo(header.getMsgId());
    assertThat(ours.numberOfTransactions()).isEqualTo(Long.parseLong(header.getNbOfTxs()));
    assertThat(ours.settlementMethod()).isEqualTo(header.getSttlmInf().getSttlmMtd().value());
    assertThat(ours.createdMs())
        .as(file)
        .isEqualTo(Times.epochMs(String.valueOf(header.getCreDtTm())));
    List<CreditTransferTransaction39> all = theirs.getFIToFICstmrCdtTrf().getCdtTrfTxInf();
    assertThat(ours.transactions()).hasSameSizeAs(all);
    for (int i = 0; i < all.size(); i++) {
      CreditTransferTransaction39 their = all.get(i);
      CreditTransfer.Transaction our = ours.transactions().get(i);
      PrivateFields fields = our.privateFields();
      assertThat(fields.endToEndId()).as(file).isEqualTo(their.getPmtId().getEndToEndId());
      assertThat(fields.instructionId()).as(file).isEqualTo(their.getPmtId().getInstrId());
      assertThat(fields.transactionId()).as(file).isEqualTo(their.getPmtId().getTxId());
      assertThat(our.uetr()).as(file).isEqualTo(their.getPmtId().getUETR());
      assertThat(our.currency()).isEqualTo(their.getIntrBkSttlmAmt().getCcy());
      if (our.problem() == null) {
        int exponent = Currencies.exponent(our.currency());
        assertThat(our.amount())
            .as(file)
            .isEqualTo(
                their.getIntrBkSttlmAmt().getValue().movePointRight(exponent).longValueExact());
      }
      assertThat(fields.chargeBearer()).isEqualTo(their.getChrgBr().value());
      assertThat(fields.debtorName()).as(file).isEqualTo(their.getDbtr().getNm());
      assertThat(fields.creditorName()).as(file).isEqualTo(their.getCdtr().getNm());
      assertThat(our.debtorAgent().bic()).isEqualTo(their.getDbtrAgt().getFinInstnId().getBICFI());
      assertThat(our.creditorAgent().bic())
          .isEqualTo(their.getCdtrAgt().getFinInstnId().getBICFI());
      if (their.getCdtrAcct() != null && their.getCdtrAcct().getId().getIBAN() != null) {
        assertThat(fields.creditorAccount()).isEqualTo(their.getCdtrAcct().getId().getIBAN());
      }
      if (their.getRmtInf() != null && !their.getRmtInf().getUstrd().isEmpty()) {
        assertThat(fields.remittance()).as(file).isEqualTo(their.getRmtInf().getUstrd().get(0));
      }
    }
  }

  private static void compare(String file, PaymentStatus ours, MxPacs00200110 theirs) {
    assertThat(ours.messageId())
        .as(file)
        .isEqualTo(theirs.getFIToFIPmtStsRpt().getGrpHdr().getMsgId());
    List<PaymentTransaction110> all = theirs.getFIToFIPmtStsRpt().getTxInfAndSts();
    assertThat(ours.entries()).hasSameSizeAs(all);
    for (int i = 0; i < all.size(); i++) {
      PaymentTransaction110 their = all.get(i);
      PaymentStatus.Entry our = ours.entries().get(i);
      assertThat(our.status()).as(file).isEqualTo(their.getTxSts());
      assertThat(our.originalUetr()).as(file).isEqualTo(their.getOrgnlUETR());
      assertThat(our.originalEndToEndId()).as(file).isEqualTo(their.getOrgnlEndToEndId());
      assertThat(our.originalTransactionId()).as(file).isEqualTo(their.getOrgnlTxId());
      if (their.getOrgnlGrpInf() != null) {
        assertThat(our.originalMessageId()).isEqualTo(their.getOrgnlGrpInf().getOrgnlMsgId());
      }
      if (!their.getStsRsnInf().isEmpty() && their.getStsRsnInf().get(0).getRsn() != null) {
        assertThat(our.reasonCode()).isEqualTo(their.getStsRsnInf().get(0).getRsn().getCd());
      }
    }
  }
}
