package org.civicswitch.ops.cli.console;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Pictures of pages for the documentation: with the sixteen colours that a page is mostly made of.
 */
final class SmallPng {
  private static final int COLOURS = 16;
  private static final int BITS = 4;

  private SmallPng() {}

  static byte[] of(final byte[] png) throws IOException {
    final BufferedImage page = ImageIO.read(new ByteArrayInputStream(png));
    final Map<Integer, Integer> counts = new HashMap<>();
    for (int y = 0; y < page.getHeight(); y++) {
      for (int x = 0; x < page.getWidth(); x++) {
        counts.merge(page.getRGB(x, y) & 0xFFFFFF, 1, Integer::sum);
      }
    }
    final List<Integer> often =
        counts.entrySet().stream()
            .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
            .map(Map.Entry::getKey)
            .toList();
    final int[] palette = palette(often);
    final Map<Integer, Integer> nearest = new HashMap<>();
    final BufferedImage small =
        new BufferedImage(
            page.getWidth(),
            page.getHeight(),
            BufferedImage.TYPE_BYTE_BINARY,
            new IndexColorModel(BITS, COLOURS, palette, 0, false, -1, 0));
    for (int y = 0; y < page.getHeight(); y++) {
      for (int x = 0; x < page.getWidth(); x++) {
        final int rgb = page.getRGB(x, y) & 0xFFFFFF;
        small
            .getRaster()
            .setSample(x, y, 0, nearest.computeIfAbsent(rgb, one -> nearest(palette, one)));
      }
    }
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(small, "png", out);
    return out.toByteArray();
  }

  /** The most frequent colours, none too near to one that is there already. */
  private static int[] palette(final List<Integer> often) {
    final int[] palette = new int[COLOURS];
    int found = 0;
    for (int apart = 200; found < COLOURS && apart > 0; apart /= 2) {
      for (final int rgb : often) {
        boolean far = found < COLOURS;
        for (int i = 0; i < found && far; i++) {
          far = distance(palette[i], rgb) > apart;
        }
        if (far) {
          palette[found++] = rgb;
        }
      }
    }
    return palette;
  }

  private static int nearest(final int[] palette, final int rgb) {
    int best = 0;
    for (int i = 1; i < palette.length; i++) {
      if (distance(palette[i], rgb) < distance(palette[best], rgb)) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(final int one, final int other) {
    int sum = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      final int apart = (one >> shift & 0xFF) - (other >> shift & 0xFF);
      sum += apart * apart;
    }
    return sum;
  }
}
