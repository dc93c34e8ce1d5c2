package org.civicswitch.ops.funds;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.civicswitch.gateway.kit.Id128;

/**
 * Compares statements with movements, entry by entry, over the reference under which both know
 * them. Worked out anew each time from what the bank sent and what the feed says: nothing is kept
 * that could be wrong. Days are UTC.
 *
 * <p>What the switch moved before the first day of the first statement is in its opening balance;
 * what it moved on or after the last day of the last one is for the next one, for three days.
 */
public final class FundsCheck {
  private static final int ID_CHARACTERS = 36;

  private final Movements book;
  private final Function<String, Id128> token;
  private final LocalDate today;

  /**
   * @param token how a reference's text is kept in the switch
   * @param today for the age of breaks
   */
  public FundsCheck(
      final FundsBook book, final Function<String, Id128> token, final LocalDate today) {
    this((Movements) book, token, today);
  }

  FundsCheck(final Movements book, final Function<String, Id128> token, final LocalDate today) {
    this.book = book;
    this.token = token;
    this.today = today;
  }

  /** One report for each currency of which bank or switch knows. */
  public List<FundsReport> run(final List<Statement> statements) {
    final Set<String> currencies = new TreeSet<>(book.currencies());
    statements.forEach(statement -> currencies.add(statement.currency()));
    return currencies.stream()
        .map(
            currency ->
                new Comparison(
                        currency,
                        statements.stream().filter(s -> s.currency().equals(currency)).toList(),
                        book,
                        this::ids,
                        today)
                    .run())
        .toList();
  }

  /** The token of what people write; the switch's own id of it, as pages show it, counts too. */
  private List<Id128> ids(final String reference) {
    final Id128 asToken = token.apply(reference);
    if (reference.length() != ID_CHARACTERS) {
      return List.of(asToken);
    }
    try {
      return List.of(asToken, Id128.parse(reference));
    } catch (final IllegalArgumentException e) {
      return List.of(asToken);
    }
  }
}
