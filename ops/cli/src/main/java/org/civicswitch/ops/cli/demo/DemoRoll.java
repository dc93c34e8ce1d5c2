package org.civicswitch.ops.cli.demo;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.civicswitch.ops.cli.world.Bank;
import org.civicswitch.ops.cli.world.SeededWorld;

/** The roll of the demo's run: numbered people, the same ones every time. */
final class DemoRoll {
  /** The registry's notice is about this one. */
  static final int HELD = 42;

  /** Gets a voucher. */
  static final int VOUCHER_HOLDER = 7;

  private static final int FIRST_SERIAL = 1_000_000;

  private DemoRoll() {}

  static String person(final int number) {
    return String.format("NID:CIV-%08d", number);
  }

  /** So many people, one after the other, in lists of at most so many. */
  static List<List<String>> people(final int count, final int perList) {
    final List<List<String>> lists = new ArrayList<>();
    for (int first = 1; first <= count; first += perList) {
      final List<String> list = new ArrayList<>(perList);
      for (int n = first; n < first + perList && n <= count; n++) {
        list.add(person(n));
      }
      lists.add(list);
    }
    return lists;
  }

  /**
   * Writes the roll. Behind the payable people come two who are not: one who was never enrolled,
   * one whose amount cannot be read. The last person comes first: among the last is the one whose
   * bank never answers, and that line expires while the others are paid.
   */
  static void write(final Path file, final int people) throws IOException {
    final List<Bank> banks = SeededWorld.accountBanks();
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("beneficiary,entitlement,amount,currency,agent,account,name,alias,remittance\n");
      for (int n = people; n >= 1; n--) {
        out.write(row(n, person(n), (40 + n % 56) + ".50", banks.get(n % banks.size())));
      }
      out.write(row(people + 1, "NID:CIV-NOT-ENROLLED", "50.00", banks.get(0)));
      out.write(row(people + 2, person(1), "fifty", banks.get(1)));
    }
  }

  private static String row(
      final int number, final String person, final String amount, final Bank bank) {
    final int serial = FIRST_SERIAL + number;
    return person
        + ",1,"
        + amount
        + ",EUR,"
        + bank.bic()
        + ","
        + DemoAccounts.number(bank.bic(), serial)
        + ","
        + DemoAccounts.holder(serial)
        + ",,Child grant\n";
  }
}
