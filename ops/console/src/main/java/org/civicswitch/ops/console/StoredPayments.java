package org.civicswitch.ops.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.ops.reporting.PaymentEvent;
import org.civicswitch.ops.reporting.PaymentPage;
import org.civicswitch.ops.reporting.PaymentQuery;
import org.civicswitch.ops.reporting.PaymentRow;
import org.civicswitch.ops.reporting.PaymentSearch;
import org.civicswitch.ops.reporting.Projector;
import org.civicswitch.ops.reporting.ReportingStatus;

/** Payments as the reporting store has them. Blocks; safe for use by many threads. */
final class StoredPayments {
  static final int PAGE_ROWS = 50;

  private static final Id128 NONE = new Id128(0, 0);

  private final Projector store;
  private final Board board;

  StoredPayments(final Projector store, final Board board) {
    this.store = store;
    this.board = board;
  }

  ReportingStatus status() {
    return store.status();
  }

  /** Newest first. */
  PaymentPage find(final PaymentQuery query, final Long next, final int rows) throws IOException {
    return store.store().payments().find(query, PaymentSearch.Order.NEWEST_FIRST, next, rows);
  }

  List<Views.PaymentRow> rows(final List<PaymentRow> found) {
    return board.read(p -> found.stream().map(row -> row(p.directory, row)).toList());
  }

  private static Views.PaymentRow row(final Directory directory, final PaymentRow row) {
    final PaymentState state = PaymentState.valueOf(row.status().name());
    final Id128 uetr = id(row.uetr());
    return new Views.PaymentRow(
        uetr.toString(),
        uetr.brief(),
        Utc.full(row.openedMs()),
        directory.participant(row.debtorAgent()).code(),
        directory.participant(row.creditorAgent()).code(),
        directory.money(row.asset(), row.amount()),
        Wording.state(state),
        Wording.tone(state),
        row.finalMs() == null || row.finalMs() < row.openedMs()
            ? Wording.NONE
            : Wording.life(row.finalMs() - row.openedMs()),
        row.envelope() == null ? "" : id(row.envelope()).brief());
  }

  /**
   * The payment of this UETR, or the one that was given back under it.
   *
   * @param only a participant whose payment it has to be, or 0
   */
  Optional<PaymentWay> way(final Id128 uetr, final long only) throws IOException {
    final PaymentQuery query = PaymentQuery.all().withId(new UUID(uetr.hi(), uetr.lo()));
    final List<PaymentRow> found =
        find(only == 0 ? query : query.withParticipant(only), null, PAGE_ROWS).rows();
    for (final PaymentRow row : found) {
      if (id(row.uetr()).equals(uetr)) {
        return Optional.of(way(row));
      }
    }
    return found.size() == 1 ? Optional.of(way(found.get(0))) : Optional.empty();
  }

  private PaymentWay way(final PaymentRow row) throws IOException {
    final PaymentWay way = new PaymentWay(id(row.uetr()));
    way.debtorAgent = row.debtorAgent();
    way.creditorAgent = row.creditorAgent();
    way.asset = row.asset();
    way.amount = row.amount();
    way.scheme = row.scheme();
    way.settlementModel = text(row.settlementModel());
    way.mode = text(row.mode());
    way.window = row.window();
    way.valueDate = (int) row.valueDate().toEpochDay();
    way.createdMs = row.createdMs();
    way.deadlineMs = row.deadlineMs();
    way.envelope = row.envelope() == null ? NONE : id(row.envelope());
    way.line = row.line() == null ? 0 : row.line();
    way.state = PaymentState.valueOf(row.status().name());
    way.returned = row.returnedAmount();
    for (final PaymentEvent event : store.store().payments().events(row.uetr())) {
      way.add(
          new PaymentWay.Step(
              PaymentWay.Kind.valueOf(event.kind()),
              event.feedSequence(),
              event.logSequence(),
              event.timeMs(),
              event.code() == null ? Code.OK : Code.valueOf(event.code()),
              text(event.reason()),
              event.amount(),
              NONE));
    }
    return way;
  }

  private static Id128 id(final UUID uuid) {
    return new Id128(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
  }

  private static String text(final String orNull) {
    return orNull == null ? "" : orNull;
  }

  /** One line of an export. */
  List<String> cells(final PaymentRow row) {
    final List<String> cells = new ArrayList<>();
    board.read(
        p -> {
          final Money amount = p.directory.money(row.asset(), row.amount());
          cells.addAll(
              List.of(
                  row.uetr().toString(),
                  String.valueOf(row.instructionId()),
                  Utc.iso(row.openedMs()),
                  row.status().name(),
                  text(row.code()),
                  text(row.reason()),
                  amount.currency(),
                  amount.decimal(),
                  Long.toString(row.amount()),
                  p.directory.participant(row.debtorAgent()).code(),
                  p.directory.participant(row.creditorAgent()).code(),
                  Integer.toString(row.scheme()),
                  Long.toString(row.window()),
                  row.valueDate().toString(),
                  Utc.iso(row.createdMs()),
                  row.finalMs() == null ? "" : Utc.iso(row.finalMs()),
                  Long.toString(row.returnedAmount()),
                  row.envelope() == null ? "" : row.envelope().toString(),
                  Long.toString(row.number()),
                  Long.toString(row.logSequence())));
          return null;
        });
    return cells;
  }
}
