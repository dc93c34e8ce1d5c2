package org.civicswitch.bench;

import java.util.Arrays;

/**
 * Subject and limit measured in turns, so that a machine that slows down slows both. The ratio of
 * each pair is taken by itself; the median of ratios is what counts.
 */
final class PairedRatio {
  private double[] subjects = new double[0];
  private double[] limits = new double[0];

  void add(final double subjectPerS, final double limitPerS) {
    if (!(limitPerS > 0)) {
      throw new IllegalArgumentException("a limit must be above zero: " + limitPerS);
    }
    subjects = Arrays.copyOf(subjects, subjects.length + 1);
    limits = Arrays.copyOf(limits, limits.length + 1);
    subjects[subjects.length - 1] = subjectPerS;
    limits[limits.length - 1] = limitPerS;
  }

  int size() {
    return subjects.length;
  }

  double medianSubject() {
    return median(subjects.clone());
  }

  double medianLimit() {
    return median(limits.clone());
  }

  double median() {
    return median(ratios());
  }

  double min() {
    return Arrays.stream(ratios()).min().orElse(Double.NaN);
  }

  double max() {
    return Arrays.stream(ratios()).max().orElse(Double.NaN);
  }

  private double[] ratios() {
    final double[] ratios = new double[subjects.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = subjects[i] / limits[i];
    }
    return ratios;
  }

  /** Sorts the values. */
  static double median(final double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    Arrays.sort(values);
    final int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
