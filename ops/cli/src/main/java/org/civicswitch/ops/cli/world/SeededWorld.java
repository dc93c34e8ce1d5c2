package org.civicswitch.ops.cli.world;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Who and what a development switch begins with. Numbers are fixed, so that documents can name
 * them.
 */
public final class SeededWorld {
  /** ISO 4217 numeric codes serve as asset numbers. */
  public static final int EUR = 978;

  public static final int USD = 840;
  public static final int EUR_AUTHORITY = 1_000_978;
  public static final int FOOD_VOUCHER = 2_000_978;

  public static final int TREASURY_NUMBER = 106;
  public static final List<Bank> BANKS =
      List.of(
          new Bank(101, "AURBXX2A", "Aurora Bank", 50_000_000_00L, 5_000_000_00L),
          new Bank(102, "BORBXX2A", "Borealis Bank", 40_000_000_00L, 5_000_000_00L),
          new Bank(103, "CEDSXX2A", "Cedar Savings", 20_000_000_00L, 2_000_000_00L),
          new Bank(104, "DUNEXX2A", "Dune Cooperative", 10_000_000_00L, 1_000_000_00L),
          new Bank(105, "EMBRXX2A", "Ember Wallet", 8_000_000_00L, 0L),
          new Bank(TREASURY_NUMBER, "TRSYXX2A", "Treasury", 5_000_000_00L, 0L));

  /** The civil registry: sends notices, holds no position. */
  public static final int REGISTRY = 201;

  public static final String REGISTRY_CODE = "CIVREG";

  /** Connections of the switch's own parts. */
  public static final int OPERATIONS_CONNECTION = 1;

  public static final int OFFICE_CONNECTION = 2;
  public static final int ENROLMENT_CONNECTION = 3;

  /** Operators: who runs the platform, who makes runs, who approves them. */
  public static final int PLATFORM_OPERATOR = 1;

  public static final int MAKER = 2;
  public static final int CHECKER = 3;

  /** May break the glass and nothing else. */
  public static final int WARDEN = 4;

  public static final int PROGRAMME = 301;
  public static final String PROGRAMME_CODE = "CHILD-GRANT";

  /** Number of the development identity provider as an issuer of verdicts. */
  public static final int DEVELOPMENT_ISSUER = 1;

  /**
   * As the benefits office is known to the identity provider; people's pairwise ids depend on it.
   */
  public static final String OFFICE_AUDIENCE = "civicswitch-benefits";

  public static final int GROCER = 401;
  public static final int BOOKSHOP = 402;

  /** ISO 18245: grocery stores and supermarkets. */
  public static final int GROCERIES = 5411;

  /** ISO 18245: book stores. */
  public static final int BOOKS = 5942;

  private SeededWorld() {}

  public static Bank bank(final String bic) {
    return BANKS.stream()
        .filter(b -> b.bic().equals(bic))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no seeded participant '" + bic + "'"));
  }

  /** As an operator signs in to the console. */
  public static String operatorName(final int number) {
    return "operator-" + number;
  }

  public static List<String> operatorNames() {
    return IntStream.rangeClosed(PLATFORM_OPERATOR, WARDEN)
        .mapToObj(SeededWorld::operatorName)
        .toList();
  }

  /** The banks that people hold accounts with: all but the treasury. */
  public static List<Bank> accountBanks() {
    return BANKS.subList(0, BANKS.size() - 1);
  }
}
