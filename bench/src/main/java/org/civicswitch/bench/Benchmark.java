package org.civicswitch.bench;

/** One macro benchmark. It measures, and it checks that what it ran gave the right result. */
interface Benchmark {
  String name();

  /** One line for {@code --list}. */
  String description();

  /**
   * @throws WrongResultException if what ran did not do what it should: a figure then means nothing
   */
  BenchReport run(BenchOptions options) throws Exception;
}
