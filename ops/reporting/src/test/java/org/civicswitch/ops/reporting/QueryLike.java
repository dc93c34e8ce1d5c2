package org.civicswitch.ops.reporting;

import java.util.SplittableRandom;
import java.util.UUID;

/** Queries that a row answers to, and the plainest way to say whether a row does. */
final class QueryLike {
  private QueryLike() {}

  static PaymentQuery of(final PaymentRow row, final SplittableRandom random) {
    PaymentQuery query = PaymentQuery.all();
    for (int conditions = 1 + random.nextInt(3); conditions > 0; conditions--) {
      query =
          switch (random.nextInt(10)) {
            case 0 -> query.withId(random.nextBoolean() ? row.uetr() : row.instructionId());
            case 1 ->
                query.withParticipant(
                    random.nextBoolean() ? row.debtorAgent() : row.creditorAgent());
            case 2 ->
                query.withAgents(row.debtorAgent(), random.nextBoolean() ? 0 : row.creditorAgent());
            case 3 -> query.withAmount(row.asset(), row.amount(), row.amount());
            case 4 -> query.withAmount(0, row.amount() - random.nextInt(50), null);
            case 5 -> query.withStatus(row.status());
            case 6 ->
                row.code() == null
                    ? query
                    : query.withReason(row.reason() == null ? row.code() : row.reason());
            case 7 ->
                query.withTime(
                    row.openedMs() - random.nextLong(200_000),
                    row.openedMs() + 1 + random.nextLong(200_000));
            case 8 -> query.withWindow(row.window());
            default -> row.alias() == null ? query : query.withAlias(row.alias());
          };
    }
    return query;
  }

  static boolean matches(final PaymentQuery query, final PaymentRow row) {
    return (query.id() == null || isId(query.id(), row))
        && (query.alias() == null || query.alias().equals(row.alias()))
        && (query.participant() == 0
            || query.participant() == row.debtorAgent()
            || query.participant() == row.creditorAgent())
        && (query.debtorAgent() == 0 || query.debtorAgent() == row.debtorAgent())
        && (query.creditorAgent() == 0 || query.creditorAgent() == row.creditorAgent())
        && (query.asset() == 0 || query.asset() == row.asset())
        && (query.amountFrom() == null || row.amount() >= query.amountFrom())
        && (query.amountTo() == null || row.amount() <= query.amountTo())
        && (query.status() == null || query.status() == row.status())
        && (query.reason() == null
            || query.reason().equals(row.code())
            || query.reason().equals(row.reason()))
        && (query.fromMs() == null || row.openedMs() >= query.fromMs())
        && (query.toMs() == null || row.openedMs() < query.toMs())
        && (query.window() == null || row.window() == query.window());
  }

  private static boolean isId(final UUID id, final PaymentRow row) {
    return id.equals(row.uetr()) || id.equals(row.instructionId());
  }
}
