package org.civicswitch.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The message that is measured: made by hand for this, about as large as a real one. */
public final class SampleMessages {
  static final String UETR = "0e9f3c1a-5b7d-4c2e-8a41-000000000001";

  private static final String TEMPLATE = load();
  private static final String TRANSACTION = "    <CdtTrfTxInf>";
  private static final String TRANSACTION_END = "</CdtTrfTxInf>\n";

  private SampleMessages() {}

  private static String load() {
    try (InputStream in = SampleMessages.class.getResourceAsStream("pacs.008.001.08.xml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (final IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** One transaction. */
  static byte[] single() {
    return TEMPLATE.getBytes(StandardCharsets.UTF_8);
  }

  /** So many transactions, each with ids of its own; the last has the number {@code count}. */
  public static byte[] bulk(final int count) {
    final int from = TEMPLATE.indexOf(TRANSACTION);
    final int to = TEMPLATE.indexOf(TRANSACTION_END) + TRANSACTION_END.length();
    final String one = TEMPLATE.substring(from, to);
    final StringBuilder text = new StringBuilder(one.length() * count + from);
    text.append(TEMPLATE, 0, from);
    for (int i = 1; i <= count; i++) {
      text.append(one.replace(UETR, uetr(i)).replace("-000000001<", String.format("-%09d<", i)));
    }
    text.append(TEMPLATE, to, TEMPLATE.length());
    final String all = text.toString().replace("<NbOfTxs>1<", "<NbOfTxs>" + count + "<");
    return all.getBytes(StandardCharsets.UTF_8);
  }

  /** Of a transaction of {@link #bulk}, numbered from 1. */
  static String uetr(final int number) {
    return UETR.substring(0, UETR.length() - 12) + String.format("%012x", number);
  }

  /**
   * The official schema, which is not part of the project.
   *
   * @return null when the folder of third-party inputs is absent
   */
  static Path schema() {
    final String given = System.getProperty("civicswitch.inputs");
    if (given != null) {
      return present(Path.of(given));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      final Path found = present(at.resolve("shared/inputs"));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static Path present(final Path inputs) {
    final Path schema = inputs.resolve("iso20022/xsd/pacs.008.001.08.xsd");
    return Files.isRegularFile(schema) ? schema : null;
  }
}
