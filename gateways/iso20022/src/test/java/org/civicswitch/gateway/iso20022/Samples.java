package org.civicswitch.gateway.iso20022;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The real messages of the types that this gateway reads. */
public final class Samples {
  private static final Set<String> TYPES =
      Set.of(
          "pacs.008.001.08",
          "pacs.008.001.10",
          "pacs.002.001.10",
          "pacs.002.001.12",
          "admi.002.001.01");

  private Samples() {}

  /** One sample: where it lies, what it calls itself and its bytes. */
  @SuppressWarnings("ArrayRecordComponent") // test data, never compared
  public record Sample(String file, String type, byte[] bytes) {
    @Override
    public String toString() {
      return file;
    }
  }

  /** All samples, in the order of the index. */
  public static List<Sample> all() throws IOException {
    Path inputs = Inputs.path("");
    List<Sample> samples = new ArrayList<>();
    List<String> lines = Files.readAllLines(inputs.resolve("INDEX.csv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", 5);
      if (cells[0].startsWith("iso20022/samples/") && TYPES.contains(cells[3])) {
        samples.add(new Sample(cells[0], cells[3], Files.readAllBytes(inputs.resolve(cells[0]))));
      }
    }
    return samples;
  }
}
