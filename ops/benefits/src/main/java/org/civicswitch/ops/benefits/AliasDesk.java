package org.civicswitch.ops.benefits;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.agrona.MutableDirectBuffer;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.LinkAliasEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.UnlinkAliasEncoder;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.client.OutcomeCopy;
import org.civicswitch.gateway.kit.identity.IdentityRefused;
import org.civicswitch.gateway.kit.identity.IdentityVerifier;
import org.civicswitch.gateway.kit.identity.VerifiedIdentity;
import org.civicswitch.gateway.kit.keys.PersonId;

/** The directory of aliases as a bank's clerk and its customer use it. Blocks; any thread. */
public final class AliasDesk {
  /** VerdictKind in the schema. */
  private static final short TRANSACTIONAL = 2;

  private final OfficeContext context;

  AliasDesk(final OfficeContext context) {
    this.context = context;
  }

  /**
   * What a customer wants of a bank: that the alias leads to the account there.
   *
   * @param key of this instruction
   * @param createdMs when it was made, UTC milliseconds
   * @param alias {@code TYPE:VALUE}, for example {@code phone:+...}
   * @param bank code of the participant, its BIC
   */
  public record Link(Id128 key, long createdMs, PersonId alias, String bank) {
    /** What the owner's ID token must carry as its nonce: it is good for this only. */
    public String nonce() {
      final String text = key + "|" + alias.text() + "|" + bank;
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Digest256.sha256(text.getBytes(StandardCharsets.UTF_8)).toBytes());
    }
  }

  /**
   * Where an alias leads.
   *
   * @param bank code of the participant
   * @param version of the mapping; each change makes a higher one
   */
  public record Mapping(String bank, long version) {}

  /**
   * Links an alias of an enrolled person at a bank, or moves it there from another bank.
   *
   * @param owner {@code TYPE:VALUE}, the person whose own ID token this is
   * @throws OfficeRefused with the switch's code; VERDICT_BINDING if the token is somebody else's
   * @throws IdentityRefused if the token proves nothing, or not this
   */
  public Mapping link(
      final Link link, final PersonId owner, final String idToken, final IdentityVerifier verifier)
      throws OfficeRefused, IdentityRefused, IOException {
    final VerifiedIdentity identity = verifier.verify(idToken, link.nonce());
    context.catchUp();
    final Digest256 subject = context.tokens().subject(owner);
    final OfficeBook.Standing person = context.book().person(subject);
    if (person == null) {
      throw new OfficeRefused("link alias", Code.SUBJECT_UNKNOWN);
    }
    if (!person.pairwise().equals(identity.pairwise())) {
      throw new OfficeRefused("link alias", Code.VERDICT_BINDING);
    }
    final int bank = bank("link alias", link.bank());
    final MutableDirectBuffer buffer = OfficeCommands.room();
    final LinkAliasEncoder encoder = new LinkAliasEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    // A seeded bank's connection has the bank's number.
    encoder
        .head()
        .participant(bank)
        .connection(bank)
        .keyHi(link.key().hi())
        .keyLo(link.key().lo())
        .createdMs(link.createdMs());
    context.tokens().alias(link.alias()).put(encoder.alias());
    subject.put(encoder.owner());
    encoder.atParticipant(bank);
    identity.put(encoder.verdict(), context.settings().connection());
    encoder
        .verdict()
        .kind(TRANSACTIONAL)
        .validUntilMs(identity.issuedMs() + VoucherDesk.REDEMPTION_LIFE.toMillis());
    encoder.putPayload(new byte[0], 0, 0);
    final OutcomeCopy done =
        context.step("link alias", OfficeCommands.bytes(buffer, encoder.encodedLength()));
    return new Mapping(link.bank(), done.value());
  }

  /**
   * Takes an alias away, as the bank it is at.
   *
   * @throws OfficeRefused with the switch's code
   */
  public void unlink(final PersonId alias) throws OfficeRefused {
    context.catchUp();
    final OfficeBook.Link there = context.book().alias(context.tokens().alias(alias));
    if (there == null) {
      throw new OfficeRefused("unlink alias", Code.ALIAS_UNKNOWN);
    }
    final MutableDirectBuffer buffer = OfficeCommands.room();
    final UnlinkAliasEncoder encoder = new UnlinkAliasEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    final Id128 key = Id128.of(java.util.UUID.randomUUID());
    encoder
        .head()
        .participant(there.participant())
        .connection(there.participant())
        .keyHi(key.hi())
        .keyLo(key.lo())
        .createdMs(context.commands().nowMs());
    context.tokens().alias(alias).put(encoder.alias());
    there.owner().put(encoder.owner());
    context.step("unlink alias", OfficeCommands.bytes(buffer, encoder.encodedLength()));
  }

  /**
   * Resolves an alias.
   *
   * @throws OfficeRefused ALIAS_UNKNOWN
   */
  public Mapping resolve(final PersonId alias) throws OfficeRefused {
    context.catchUp();
    final OfficeBook.Link there = context.book().alias(context.tokens().alias(alias));
    if (there == null) {
      throw new OfficeRefused("resolve alias", Code.ALIAS_UNKNOWN);
    }
    return new Mapping(context.book().bankCode(there.participant()), there.version());
  }

  private int bank(final String step, final String code) throws OfficeRefused {
    final OfficeBook.Bank bank = context.book().bank(code);
    if (bank == null) {
      throw new OfficeRefused(step, Code.PARTICIPANT_UNKNOWN);
    }
    return bank.number();
  }
}
