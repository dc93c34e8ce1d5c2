package org.civicswitch.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.ops.reporting.PaymentPage;
import org.civicswitch.ops.reporting.PaymentQuery;
import org.civicswitch.ops.reporting.PaymentRow;
import org.civicswitch.ops.reporting.PaymentSearch;
import org.civicswitch.ops.reporting.PaymentStatus;

/** First pages of every kind of search, each asked with many values, and checked. */
final class ReportingSearches {
  private static final int EACH = 60;
  private static final int PAGE = 50;

  private final PaymentSearch search;
  private final long payments;
  private final long fromMs;
  private final long toMs;
  private final SplittableRandom random = new SplittableRandom(50);
  private final Map<String, LongFunction<PaymentQuery>> kinds = new LinkedHashMap<>();

  /**
   * @param payments numbers 0 to this, opened evenly between the two times
   */
  ReportingSearches(
      final PaymentSearch search, final long payments, final long fromMs, final long toMs) {
    this.search = search;
    this.payments = payments;
    this.fromMs = fromMs;
    this.toMs = toMs;
    kinds.put("newest", number -> PaymentQuery.all());
    kinds.put(
        "uetr",
        number ->
            PaymentQuery.all()
                .withId(new UUID(ReportingEvents.idHi(number), ReportingEvents.idLo(number))));
    kinds.put(
        "instruction id",
        number ->
            PaymentQuery.all()
                .withId(new UUID(ReportingEvents.keyHi(number), ReportingEvents.idLo(number))));
    kinds.put(
        "an id that is not there", number -> PaymentQuery.all().withId(new UUID(number, number)));
    kinds.put("alias token", number -> PaymentQuery.all().withAlias(alias(number)));
    kinds.put(
        "exact amount",
        number -> {
          final long amount = ReportingEvents.amount(number);
          return PaymentQuery.all().withAmount(ReportingEvents.ASSET, amount, amount);
        });
    kinds.put(
        "amount range of a bank",
        number -> {
          final long amount = ReportingEvents.amount(number);
          return PaymentQuery.all()
              .withAmount(ReportingEvents.ASSET, amount, amount + amount / 10)
              .withParticipant(ReportingEvents.debtor(number));
        });
    kinds.put("status rejected", number -> PaymentQuery.all().withStatus(PaymentStatus.REJECTED));
    kinds.put(
        "settled of a bank",
        number ->
            PaymentQuery.all()
                .withStatus(PaymentStatus.SETTLED)
                .withParticipant(ReportingEvents.debtor(number)));
    kinds.put("either agent", number -> PaymentQuery.all().withParticipant(1 + random.nextInt(64)));
    kinds.put(
        "both agents",
        number ->
            PaymentQuery.all()
                .withAgents(ReportingEvents.debtor(number), ReportingEvents.creditor(number)));
    kinds.put(
        "reason AC04 of a bank",
        number ->
            PaymentQuery.all().withReason("AC04").withParticipant(ReportingEvents.debtor(number)));
    kinds.put("an hour", number -> hour(number));
    kinds.put(
        "a bank in an hour",
        number -> hour(number).withParticipant(ReportingEvents.debtor(number)));
    kinds.put(
        "exact amount of a bank in an hour",
        number -> {
          final long amount = ReportingEvents.amount(number);
          return hour(number)
              .withParticipant(ReportingEvents.debtor(number))
              .withAmount(ReportingEvents.ASSET, amount, amount);
        });
  }

  /** One that is in the store, mostly. */
  private static Digest256 alias(final long number) {
    final long word = ReportingEvents.alias(number);
    final long known = word == 0 ? 1 + number % ReportingEvents.ALIASES : word;
    return new Digest256(known, known, known, known);
  }

  /** The one in which the payment was opened. */
  private PaymentQuery hour(final long number) {
    final long opened = fromMs + (long) ((double) number / payments * (toMs - fromMs));
    return PaymentQuery.all().withTime(opened - 1_800_000, opened + 1_800_000);
  }

  void run(final BenchReport report, final String where) throws IOException, WrongResultException {
    for (final Map.Entry<String, LongFunction<PaymentQuery>> kind : kinds.entrySet()) {
      final Histogram latencies = new Histogram(3);
      long rows = 0;
      for (int i = 0; i < EACH; i++) {
        final long number = random.nextLong(payments);
        final PaymentQuery query = kind.getValue().apply(number);
        final long start = System.nanoTime();
        final PaymentPage page = search.find(query, PaymentSearch.Order.NEWEST_FIRST, null, PAGE);
        latencies.recordValue(System.nanoTime() - start);
        rows += page.rows().size();
        check(kind.getKey(), query, page);
      }
      report
          .add(where + ", " + kind.getKey(), 0, 0, latencies)
          .with("searches", EACH)
          .with("rows", rows);
    }
    deep(report, where);
  }

  private static void check(final String kind, final PaymentQuery query, final PaymentPage page)
      throws WrongResultException {
    if (page.rows().isEmpty() == (query.id() != null && kind.contains("not there"))) {
      return;
    }
    long before = Long.MAX_VALUE;
    for (final PaymentRow row : page.rows()) {
      final boolean asked =
          (query.participant() == 0
                  || query.participant() == row.debtorAgent()
                  || query.participant() == row.creditorAgent())
              && (query.amountFrom() == null || row.amount() >= query.amountFrom())
              && (query.status() == null || query.status() == row.status())
              && (query.fromMs() == null || row.openedMs() >= query.fromMs());
      if (!asked || row.number() >= before) {
        throw new WrongResultException(kind + ": " + row + " in the answer to " + query);
      }
      before = row.number();
    }
  }

  /** A page from the middle on costs what the first does. */
  private void deep(final BenchReport report, final String where) throws IOException {
    final Histogram latencies = new Histogram(3);
    for (int i = 0; i < EACH; i++) {
      final PaymentQuery query = PaymentQuery.all().withParticipant(1 + random.nextInt(64));
      final long next = 1 + random.nextLong(2 * payments);
      final long start = System.nanoTime();
      search.find(query, PaymentSearch.Order.NEWEST_FIRST, next, PAGE);
      latencies.recordValue(System.nanoTime() - start);
    }
    report.add(where + ", either agent, any page", 0, 0, latencies).with("searches", EACH);
  }
}
