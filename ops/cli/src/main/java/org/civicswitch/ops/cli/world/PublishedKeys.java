package org.civicswitch.ops.cli.world;

import java.util.List;
import org.civicswitch.gateway.kit.Digest256;

/**
 * Operators' keys of which everybody knows the private half (RFC 8032, section 7.1): for switches
 * that live for a measurement or a test, and in which nobody signs anything.
 */
public final class PublishedKeys {
  private static final List<Digest256> KEYS =
      List.of(
          Digest256.parse("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
          Digest256.parse("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"),
          Digest256.parse("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"),
          Digest256.parse("278117fc144c72340f67d0f2316e8386ceffbf2b2428c9c51fef7c597f1d426e"));

  private PublishedKeys() {}

  /**
   * @param operator 1 to 4
   */
  public static Digest256 of(final int operator) {
    return KEYS.get(operator - 1);
  }
}
