package org.civicswitch.gateway.kit.identity;

import java.util.Map;

/**
 * What an identity provider's {@code acr} is worth here: 0 asserted, 1 password, PIN or knowledge,
 * 2 one-time code, 3 bound wallet, 4 biometric or attended. What is not on the ladder is worth 0.
 */
public final class AssuranceLadder {
  public static final int MAX = 4;

  private static final String MOSIP = "mosip:idp:acr:";
  private static final Map<String, Integer> LEVELS =
      Map.ofEntries(
          Map.entry(MOSIP + "static-code", 1),
          Map.entry(MOSIP + "password", 1),
          Map.entry(MOSIP + "knowledge", 1),
          Map.entry(MOSIP + "generated-code", 2),
          Map.entry(MOSIP + "linked-wallet", 3),
          Map.entry(MOSIP + "biometrics", 4));

  private AssuranceLadder() {}

  /**
   * @param acr may be null: then nothing is claimed
   */
  public static int levelOf(String acr) {
    return acr == null ? 0 : LEVELS.getOrDefault(acr, 0);
  }

  /** The {@code acr} that is worth this level; for providers of our own. */
  static String acrOf(int level) {
    return switch (level) {
      case 1 -> MOSIP + "static-code";
      case 2 -> MOSIP + "generated-code";
      case 3 -> MOSIP + "linked-wallet";
      case 4 -> MOSIP + "biometrics";
      default -> throw new IllegalArgumentException("no acr for level " + level);
    };
  }
}
