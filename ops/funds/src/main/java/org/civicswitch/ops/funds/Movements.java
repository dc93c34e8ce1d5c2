package org.civicswitch.ops.funds;

import java.util.List;

/** What moved, from wherever it is known. */
interface Movements {
  /** Of a currency, by its code, in the order of the log. */
  List<Movement> movements(String currency);

  /** Those in which money has moved. */
  List<String> currencies();

  /** What people call a participant. */
  String participant(int number);
}
