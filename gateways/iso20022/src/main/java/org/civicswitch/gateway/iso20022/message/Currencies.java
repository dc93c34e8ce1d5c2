package org.civicswitch.gateway.iso20022.message;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** ISO 4217: the current codes and how many minor digits each has. */
public final class Currencies {
  /** The code is current but has no minor unit (gold, test codes), so no amount can be booked. */
  public static final int NO_MINOR_UNIT = -1;

  /** The code is not a current ISO 4217 code. */
  public static final int UNKNOWN = -2;

  private static final String EXPONENT_0 =
      "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
  private static final String EXPONENT_2 =
      "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD"
          + " CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP"
          + " GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT"
          + " LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD"
          + " NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD"
          + " SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU"
          + " UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG";
  private static final String EXPONENT_3 = "BHD IQD JOD KWD LYD OMR TND";
  private static final String EXPONENT_4 = "CLF UYW";
  private static final String WITHOUT = "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX";

  private static final Map<String, Integer> EXPONENTS = new HashMap<>();

  static {
    put(EXPONENT_0, 0);
    put(EXPONENT_2, 2);
    put(EXPONENT_3, 3);
    put(EXPONENT_4, 4);
    put(WITHOUT, NO_MINOR_UNIT);
  }

  private Currencies() {}

  private static void put(String codes, int exponent) {
    for (String code : codes.split(" ", -1)) {
      EXPONENTS.put(code, exponent);
    }
  }

  /** Minor digits from 0 to 4, or {@link #NO_MINOR_UNIT} or {@link #UNKNOWN}. */
  public static int exponent(String code) {
    return EXPONENTS.getOrDefault(code, UNKNOWN);
  }

  /** Every current code. */
  public static Set<String> codes() {
    return Set.copyOf(EXPONENTS.keySet());
  }
}
