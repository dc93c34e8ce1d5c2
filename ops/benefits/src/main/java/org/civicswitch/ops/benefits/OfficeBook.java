package org.civicswitch.ops.benefits;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.protocol.AddDisbursementsDecoder;
import org.civicswitch.core.protocol.AliasChangedDecoder;
import org.civicswitch.core.protocol.AssetDefinedDecoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.CommandRefusedDecoder;
import org.civicswitch.core.protocol.DisbursementAddedDecoder;
import org.civicswitch.core.protocol.DisbursementHeldDecoder;
import org.civicswitch.core.protocol.EnvelopeChangedDecoder;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.EventHeadDecoder;
import org.civicswitch.core.protocol.MerchantRegisteredDecoder;
import org.civicswitch.core.protocol.ParticipantChangedDecoder;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.PaymentRejectedDecoder;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.PaymentReturnedDecoder;
import org.civicswitch.core.protocol.PaymentSettledDecoder;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.ProgrammeChangedDecoder;
import org.civicswitch.core.protocol.SubjectChangedDecoder;
import org.civicswitch.core.protocol.SubjectStatus;
import org.civicswitch.core.protocol.VoucherChangedDecoder;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.feed.EventHandlers;
import org.civicswitch.gateway.kit.feed.FeedProjection;

/**
 * What an office knows, all of it from the feed: people and their verdicts, aliases, banks, the
 * programme's envelopes line by line, vouchers. One thread writes, any thread reads.
 */
final class OfficeBook implements AutoCloseable {
  /** How long the feed may stand still while something is awaited. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Reading all of a long feed takes longer: so many times the patience. */
  private static final int PAST_FACTOR = 20;

  /** A person: zero in {@code validUntilMs} means no verdict. */
  record Standing(SubjectStatus status, int assurance, long validUntilMs, Digest256 pairwise) {}

  /** Where an alias leads. */
  record Link(Digest256 owner, int participant, long version) {}

  /** A bank. */
  record Bank(int number, boolean active) {}

  /** A currency: its letters and decimals. */
  private record Asset(String code, int exponent) {}

  private final int programme;
  private final Map<Digest256, Standing> people = new ConcurrentHashMap<>();
  private final Map<Digest256, Link> aliases = new ConcurrentHashMap<>();
  private final Map<String, Bank> banks = new ConcurrentHashMap<>();
  private final Map<Id128, Envelope> envelopes = new ConcurrentHashMap<>();
  private final Map<Id128, EnvelopeLines> lines = new ConcurrentHashMap<>();
  private final Map<Long, EnvelopeLines> byKey = new ConcurrentHashMap<>();
  private final Map<Id128, Voucher> vouchers = new ConcurrentHashMap<>();
  private final Map<Integer, Asset> assets = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> merchants = new ConcurrentHashMap<>();
  private final FeedProjection projection;
  private volatile ProgrammeState state;
  private volatile long sequence;

  OfficeBook(final SwitchConnection connection, final int programme) {
    this.programme = programme;
    final EventHandlers handlers = new EventHandlers();
    onIdentity(handlers);
    onProgramme(handlers);
    onEnvelopes(handlers);
    onPayments(handlers);
    projection = FeedProjection.start("benefits-office-feed", connection, 1, handlers);
  }

  Standing person(final Digest256 subject) {
    return people.get(subject);
  }

  Link alias(final Digest256 alias) {
    return aliases.get(alias);
  }

  Bank bank(final String bic) {
    return banks.get(bic);
  }

  Envelope envelope(final Id128 id) {
    return envelopes.get(id);
  }

  /** Of an envelope of the programme; null for one that does not exist. */
  EnvelopeLines lines(final Id128 envelope) {
    return lines.get(envelope);
  }

  /** The code of a participant; empty for one that is not known. */
  String bankCode(final int number) {
    return banks.entrySet().stream()
        .filter(bank -> bank.getValue().number() == number)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  /** The number of a merchant's bank; 0 for one that is not known. */
  int merchantBank(final int merchant) {
    return merchants.getOrDefault(merchant, 0);
  }

  /** The programme; null when there is none of this number. */
  ProgrammeState programme() {
    return state;
  }

  /** Waits until everything was read that was in the feed when the book was opened. */
  void awaitPast() {
    try {
      projection.caughtUp().get(PATIENCE.toSeconds() * PAST_FACTOR, TimeUnit.SECONDS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (final ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the feed cannot be followed", e);
    }
  }

  Voucher voucher(final Id128 id) {
    return vouchers.get(id);
  }

  /** The log sequence of the last event seen. */
  long sequence() {
    return sequence;
  }

  /**
   * Waits until an event of this log sequence or a later one was seen.
   *
   * @throws IllegalStateException if the feed stops, or stands still for a minute
   */
  void await(final long logSequence) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long last = sequence;
    while (sequence < logSequence) {
      if (sequence != last) {
        last = sequence;
        end = System.nanoTime() + PATIENCE.toNanos();
      }
      if (projection.failure().isCompletedExceptionally()) {
        try {
          projection.failure().join();
        } catch (final CompletionException e) {
          throw new IllegalStateException("the feed cannot be followed", e.getCause());
        }
      }
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("the feed stands still before " + logSequence);
      }
      LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  @Override
  public void close() {
    projection.close();
  }

  private void seen(final EventHeadDecoder at) {
    sequence = at.sequence();
  }

  private void onIdentity(final EventHandlers handlers) {
    handlers
        .on(
            SubjectChangedDecoder.TEMPLATE_ID,
            new SubjectChangedDecoder(),
            SubjectChangedDecoder::wrap,
            (at, e) -> {
              people.put(
                  Digest256.of(e.subject()),
                  new Standing(
                      e.status(), e.assurance(), e.validUntilMs(), Digest256.of(e.pairwise())));
              seen(e.at());
            })
        .on(
            AliasChangedDecoder.TEMPLATE_ID,
            new AliasChangedDecoder(),
            AliasChangedDecoder::wrap,
            (at, e) -> {
              final Digest256 alias = Digest256.of(e.alias());
              if (e.atParticipant() == 0) {
                aliases.remove(alias);
              } else {
                aliases.put(
                    alias,
                    new Link(Digest256.of(e.owner()), (int) e.atParticipant(), e.mappingVersion()));
              }
              seen(e.at());
            })
        .on(
            ParticipantChangedDecoder.TEMPLATE_ID,
            new ParticipantChangedDecoder(),
            ParticipantChangedDecoder::wrap,
            (at, e) -> {
              banks.put(
                  e.code(),
                  new Bank((int) e.participant(), e.status() == ParticipantStatus.ACTIVE));
              seen(e.at());
            })
        .on(
            VoucherChangedDecoder.TEMPLATE_ID,
            new VoucherChangedDecoder(),
            VoucherChangedDecoder::wrap,
            (at, e) -> {
              final Id128 id = Id128.of(e.voucher());
              vouchers.put(
                  id,
                  new Voucher(
                      id,
                      (int) e.asset(),
                      e.state(),
                      e.amount(),
                      e.left(),
                      e.category(),
                      e.expiresMs(),
                      Digest256.of(e.subject())));
              seen(e.at());
            })
        .on(
            CommandRefusedDecoder.TEMPLATE_ID,
            new CommandRefusedDecoder(),
            CommandRefusedDecoder::wrap,
            (at, e) -> {
              if (e.commandTemplate() == AddDisbursementsDecoder.TEMPLATE_ID && e.item() >= 0) {
                final EnvelopeLines of = byKey.get(e.key().hi());
                if (of != null) {
                  of.refused((int) e.key().lo(), e.code());
                }
              }
              seen(e.at());
            });
  }

  private void onProgramme(final EventHandlers handlers) {
    handlers
        .on(
            AssetDefinedDecoder.TEMPLATE_ID,
            new AssetDefinedDecoder(),
            AssetDefinedDecoder::wrap,
            (at, e) -> {
              assets.put((int) e.asset(), new Asset(e.code(), e.exponent()));
              seen(e.at());
            })
        .on(
            MerchantRegisteredDecoder.TEMPLATE_ID,
            new MerchantRegisteredDecoder(),
            MerchantRegisteredDecoder::wrap,
            (at, e) -> {
              merchants.put((int) e.merchant(), (int) e.atParticipant());
              seen(e.at());
            })
        .on(
            ProgrammeChangedDecoder.TEMPLATE_ID,
            new ProgrammeChangedDecoder(),
            ProgrammeChangedDecoder::wrap,
            (at, e) -> {
              if (e.programme() == programme) {
                state = state(e);
              }
              seen(e.at());
            });
  }

  private ProgrammeState state(final ProgrammeChangedDecoder e) {
    final Asset cash = assets.get((int) e.cashAsset());
    return new ProgrammeState(
        programme,
        e.code(),
        (int) e.payingParticipant(),
        cash.code(),
        cash.exponent(),
        e.cash(),
        e.authority(),
        e.committed(),
        e.spent(),
        e.voucherReserve());
  }

  private void onEnvelopes(final EventHandlers handlers) {
    handlers
        .on(
            EnvelopeChangedDecoder.TEMPLATE_ID,
            new EnvelopeChangedDecoder(),
            EnvelopeChangedDecoder::wrap,
            (at, e) -> {
              if (e.programme() == programme) {
                changed(e);
              }
              seen(e.at());
            })
        .on(
            DisbursementAddedDecoder.TEMPLATE_ID,
            new DisbursementAddedDecoder(),
            DisbursementAddedDecoder::wrap,
            (at, e) -> {
              final EnvelopeLines of = lines.get(Id128.of(e.envelope()));
              if (of != null) {
                of.added((int) e.line(), (int) e.key().lo());
              }
              // The envelope's own event ends the command: only then was it seen whole.
            })
        .on(
            DisbursementHeldDecoder.TEMPLATE_ID,
            new DisbursementHeldDecoder(),
            DisbursementHeldDecoder::wrap,
            (at, e) -> {
              final EnvelopeLines of = lines.get(Id128.of(e.envelope()));
              if (of != null) {
                of.state(
                    e.line(),
                    e.code() == Code.OK ? PaymentState.READY : PaymentState.HELD,
                    e.code(),
                    0);
              }
            });
  }

  private void onPayments(final EventHandlers handlers) {
    handlers
        .on(
            PaymentReservedDecoder.TEMPLATE_ID,
            new PaymentReservedDecoder(),
            PaymentReservedDecoder::wrap,
            (at, e) -> line(Id128.of(e.envelope()), e.line(), PaymentState.RESERVED, Code.OK, 0))
        .on(
            PaymentSettledDecoder.TEMPLATE_ID,
            new PaymentSettledDecoder(),
            PaymentSettledDecoder::wrap,
            (at, e) -> line(Id128.of(e.envelope()), e.line(), PaymentState.SETTLED, Code.OK, 0))
        .on(
            PaymentRejectedDecoder.TEMPLATE_ID,
            new PaymentRejectedDecoder(),
            PaymentRejectedDecoder::wrap,
            (at, e) ->
                line(
                    Id128.of(e.envelope()),
                    e.line(),
                    e.code() == Code.DEADLINE_PASSED ? PaymentState.EXPIRED : PaymentState.REJECTED,
                    e.code(),
                    e.reason()))
        .on(
            PaymentReturnedDecoder.TEMPLATE_ID,
            new PaymentReturnedDecoder(),
            PaymentReturnedDecoder::wrap,
            (at, e) ->
                line(Id128.of(e.envelope()), e.line(), e.originalState(), Code.OK, e.reason()));
  }

  private void line(
      final Id128 envelope,
      final long number,
      final PaymentState state,
      final Code code,
      final long reason) {
    final EnvelopeLines of = envelope.isNone() ? null : lines.get(envelope);
    if (of != null) {
      of.state(number, state, code, reason);
    }
  }

  private void changed(final EnvelopeChangedDecoder e) {
    final Id128 id = Id128.of(e.envelope());
    final Envelope before = envelopes.get(id);
    if (before == null) {
      final EnvelopeLines of = new EnvelopeLines();
      lines.put(id, of);
      byKey.put(EnvelopeLines.keyHi(id), of);
    }
    final long timeMs = e.at().timeMs();
    final boolean released = e.state() == EnvelopeState.RELEASED;
    final long releasedMs =
        before != null && before.releasedMs() != 0 ? before.releasedMs() : released ? timeMs : 0;
    envelopes.put(
        id,
        new Envelope(
            id,
            e.state(),
            e.declaredCount(),
            e.declaredTotal(),
            e.added(),
            e.addedTotal(),
            e.sent(),
            e.settled(),
            e.settledTotal(),
            e.rejected(),
            e.expired(),
            e.held(),
            e.returned(),
            e.approvals(),
            Digest256.of(e.envelopeHash()),
            releasedMs,
            timeMs));
  }
}
