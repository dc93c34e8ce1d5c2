package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.QueryDecoder;
import org.civicswitch.core.protocol.QueryKind;
import org.civicswitch.core.protocol.ValueName;
import org.civicswitch.identity.Aliases;
import org.civicswitch.identity.Subjects;
import org.civicswitch.identity.Token;

/** Exact reads of envelopes, vouchers, people and aliases. */
final class BenefitsQueries {
  private final Core core;
  private final Benefits benefits;
  private final Token token = new Token();

  BenefitsQueries(final Core core, final Benefits benefits) {
    this.core = core;
    this.benefits = benefits;
  }

  void define() {
    core.queries.define(QueryKind.ENVELOPE, this::envelope);
    core.queries.define(QueryKind.VOUCHER, this::voucher);
    core.queries.define(QueryKind.SUBJECT, this::subject);
    core.queries.define(QueryKind.ALIAS, this::alias);
  }

  /** The platform sees every programme, others those that they pay for. */
  private boolean maySee(final int participant, final int programme) {
    return participant == 0
        || participant == benefits.programmes.intAt(programme, Programmes.PAYING_PARTICIPANT);
  }

  private Token read(final QueryDecoder query) {
    return token.set(query.token().a(), query.token().b(), query.token().c(), query.token().d());
  }

  /** State, hash, counters. */
  private Code envelope(final QueryDecoder query, final int participant, final Answer answer) {
    final Envelopes envelopes = benefits.envelopes;
    final int envelope = envelopes.find(query.id().hi(), query.id().lo());
    if (envelope == 0 || !maySee(participant, envelopes.intAt(envelope, Envelopes.PROGRAMME))) {
      return Code.ENVELOPE_UNKNOWN;
    }
    answer.state = envelopes.state(envelope).value();
    answer.value = envelopes.get(envelope, Envelopes.ADDED_TOTAL);
    answer.digest(
        envelopes.get(envelope, Envelopes.HASH),
        envelopes.get(envelope, Envelopes.HASH + 1),
        envelopes.get(envelope, Envelopes.HASH + 2),
        envelopes.get(envelope, Envelopes.HASH + 3));
    final int programme = envelopes.intAt(envelope, Envelopes.PROGRAMME);
    answer.value(ValueName.PROGRAMME, benefits.programmes.get(programme, Programmes.NUMBER));
    answer.value(ValueName.LINES_ADDED, envelopes.get(envelope, Envelopes.ADDED));
    answer.value(ValueName.LINES_SENT, envelopes.get(envelope, Envelopes.SENT));
    answer.value(ValueName.LINES_SETTLED, envelopes.get(envelope, Envelopes.SETTLED));
    answer.value(ValueName.LINES_REJECTED, envelopes.get(envelope, Envelopes.REJECTED));
    answer.value(ValueName.LINES_EXPIRED, envelopes.get(envelope, Envelopes.EXPIRED));
    answer.value(ValueName.LINES_HELD, envelopes.get(envelope, Envelopes.HELD));
    answer.value(ValueName.LINES_RETURNED, envelopes.get(envelope, Envelopes.RETURNED));
    answer.value(ValueName.TOTAL_ADDED, envelopes.get(envelope, Envelopes.ADDED_TOTAL));
    answer.value(ValueName.TOTAL_SETTLED, envelopes.get(envelope, Envelopes.SETTLED_TOTAL));
    answer.value(ValueName.CASH, benefits.funds.cash(programme));
    answer.value(ValueName.AUTHORITY, benefits.funds.authority(programme));
    return Code.OK;
  }

  /** For any participant: a merchant's bank asks before it redeems. */
  private Code voucher(final QueryDecoder query, final int participant, final Answer answer) {
    final Vouchers vouchers = benefits.vouchers;
    final int voucher = vouchers.find(query.id().hi(), query.id().lo());
    if (voucher == 0) {
      return Code.VOUCHER_UNKNOWN;
    }
    answer.state = vouchers.state(voucher).value();
    answer.value = vouchers.get(voucher, Vouchers.LEFT);
    answer.value(ValueName.AMOUNT, vouchers.get(voucher, Vouchers.AMOUNT));
    answer.value(ValueName.AMOUNT_LEFT, vouchers.get(voucher, Vouchers.LEFT));
    answer.value(ValueName.CATEGORY, vouchers.get(voucher, Vouchers.CATEGORY));
    answer.value(ValueName.EXPIRES_MS, vouchers.get(voucher, Vouchers.EXPIRES_MS));
    answer.value(
        ValueName.PROGRAMME,
        benefits.programmes.get(vouchers.intAt(voucher, Vouchers.PROGRAMME), Programmes.NUMBER));
    return Code.OK;
  }

  private Code subject(final QueryDecoder query, final int participant, final Answer answer) {
    final Subjects subjects = core.identity.subjects();
    final int subject = subjects.find(read(query));
    if (subject == 0) {
      return Code.SUBJECT_UNKNOWN;
    }
    answer.state = subjects.status(subject);
    answer.value(ValueName.SUBJECT_STATUS, subjects.status(subject));
    answer.value(ValueName.ASSURANCE, subjects.assurance(subject));
    answer.value(ValueName.ISSUER, Integer.toUnsignedLong(subjects.issuer(subject)));
    answer.value(ValueName.VALID_UNTIL_MS, subjects.validUntilMs(subject));
    answer.value(ValueName.MAPPING_VERSION, subjects.mappingVersion(subject));
    return Code.OK;
  }

  /** The digest of the answer is the owner's token. */
  private Code alias(final QueryDecoder query, final int participant, final Answer answer) {
    final Aliases aliases = core.identity.aliases();
    final int handle = aliases.resolve(read(query));
    if (handle == 0) {
      return Code.ALIAS_UNKNOWN;
    }
    aliases.owner(handle, token);
    answer.digest(token.a(), token.b(), token.c(), token.d());
    answer.value = aliases.version(handle);
    answer.value(ValueName.AT_PARTICIPANT, Integer.toUnsignedLong(aliases.participant(handle)));
    answer.value(ValueName.MAPPING_VERSION, aliases.version(handle));
    return Code.OK;
  }
}
