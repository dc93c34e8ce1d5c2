package org.civicswitch.ops.benefits;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.agrona.MutableDirectBuffer;
import org.civicswitch.core.protocol.CancelVoucherEncoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.IssueVoucherEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.RedeemVoucherEncoder;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.identity.IdentityRefused;
import org.civicswitch.gateway.kit.identity.IdentityVerifier;
import org.civicswitch.gateway.kit.identity.VerifiedIdentity;
import org.civicswitch.gateway.kit.keys.PersonId;
import org.civicswitch.gateway.kit.operator.OperatorSigner;

/** Vouchers of a programme. Blocks; safe for use by many threads. */
public final class VoucherDesk {
  /** How long an authentication for one redemption counts. */
  public static final Duration REDEMPTION_LIFE = Duration.ofMinutes(5);

  /** VerdictKind in the schema. */
  private static final short TRANSACTIONAL = 2;

  private final OfficeContext context;

  VoucherDesk(final OfficeContext context) {
    this.context = context;
  }

  /**
   * What a beneficiary spends where.
   *
   * @param participant the merchant's bank
   * @param connection over which it asks; granted to act for that bank
   * @param key of this instruction: the same again gives the same answer
   * @param createdMs when the instruction was made, UTC milliseconds; the same when it is repeated
   * @param amount in minor units
   */
  public record Redemption(
      Id128 key,
      long createdMs,
      int participant,
      int connection,
      Id128 voucher,
      int merchant,
      long amount) {
    /** What the beneficiary's ID token must carry as its nonce: it is good for this only. */
    public String nonce() {
      final ByteBuffer words =
          ByteBuffer.allocate(48)
              .putLong(key.hi())
              .putLong(key.lo())
              .putLong(voucher.hi())
              .putLong(voucher.lo())
              .putLong(merchant)
              .putLong(amount);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Digest256.sha256(words.array()).toBytes());
    }
  }

  /**
   * Issues a voucher to a person.
   *
   * @param id new, chosen by the caller; a voucher is issued once under it
   * @param asset the voucher asset, whose money is the programme's
   * @param amount in minor units
   * @param category ISO 18245 code; 0: any merchant
   * @throws OfficeRefused with the switch's code
   * @throws IllegalArgumentException if the beneficiary is not an identifier
   */
  public Voucher issue(
      final Id128 id,
      final int asset,
      final String beneficiary,
      final long amount,
      final int category,
      final long expiresMs,
      final OperatorSigner maker)
      throws OfficeRefused {
    final MutableDirectBuffer buffer = OfficeCommands.room();
    final IssueVoucherEncoder encoder = new IssueVoucherEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    context.commands().head(encoder.head());
    id.put(encoder.voucher());
    encoder.programme(context.settings().programme()).asset(asset);
    context.tokens().subject(PersonId.parse(beneficiary)).put(encoder.subject());
    encoder.amount(amount).category(category).expiresMs(expiresMs);
    context.step(
        "issue voucher",
        OfficeCommands.signed(buffer, encoder.encodedLength(), maker, context.book().sequence()));
    return context.book().voucher(id);
  }

  /**
   * Spends from a voucher; final at once. The token must be the beneficiary's own, issued for this
   * very redemption.
   *
   * @param verifier the number of the connection that verifies stands in the verdict
   * @throws OfficeRefused with the switch's code; VERDICT_BINDING if the token is somebody else's
   * @throws IdentityRefused if the token proves nothing, or not this
   */
  public Voucher redeem(
      final Redemption redemption, final String idToken, final IdentityVerifier verifier)
      throws OfficeRefused, IdentityRefused, IOException {
    final VerifiedIdentity identity = verifier.verify(idToken, redemption.nonce());
    context.catchUp();
    final Voucher before = context.book().voucher(redemption.voucher());
    if (before == null) {
      throw new OfficeRefused("redeem voucher", Code.VOUCHER_UNKNOWN);
    }
    final OfficeBook.Standing person = context.book().person(before.subject());
    if (person == null || !person.pairwise().equals(identity.pairwise())) {
      throw new OfficeRefused("redeem voucher", Code.VERDICT_BINDING);
    }
    context.step("redeem voucher", encode(redemption, identity));
    return context.book().voucher(redemption.voucher());
  }

  private byte[] encode(final Redemption redemption, final VerifiedIdentity identity) {
    final MutableDirectBuffer buffer = OfficeCommands.room();
    final RedeemVoucherEncoder encoder = new RedeemVoucherEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    encoder
        .head()
        .participant(redemption.participant())
        .connection(redemption.connection())
        .keyHi(redemption.key().hi())
        .keyLo(redemption.key().lo())
        .createdMs(redemption.createdMs());
    redemption.voucher().put(encoder.voucher());
    encoder.merchant(redemption.merchant()).amount(redemption.amount());
    identity.put(encoder.verdict(), context.settings().connection());
    encoder
        .verdict()
        .kind(TRANSACTIONAL)
        .validUntilMs(identity.issuedMs() + REDEMPTION_LIFE.toMillis());
    return OfficeCommands.bytes(buffer, encoder.encodedLength());
  }

  /**
   * The number of the merchant's bank, where a redemption is asked for.
   *
   * @throws OfficeRefused MERCHANT_UNKNOWN
   */
  public int bankOf(final int merchant) throws OfficeRefused {
    context.catchUp();
    final int bank = context.book().merchantBank(merchant);
    if (bank == 0) {
      throw new OfficeRefused("redeem voucher", Code.MERCHANT_UNKNOWN);
    }
    return bank;
  }

  /** Takes what is left back to the budget line. */
  public Voucher cancel(final Id128 id, final OperatorSigner maker) throws OfficeRefused {
    final MutableDirectBuffer buffer = OfficeCommands.room();
    final CancelVoucherEncoder encoder = new CancelVoucherEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    context.commands().head(encoder.head());
    id.put(encoder.voucher());
    context.step(
        "cancel voucher",
        OfficeCommands.signed(buffer, encoder.encodedLength(), maker, context.book().sequence()));
    return context.book().voucher(id);
  }

  /** As the feed last told of it; empty for one that is not known. */
  public Optional<Voucher> state(final Id128 id) {
    return Optional.ofNullable(context.book().voucher(id));
  }
}
