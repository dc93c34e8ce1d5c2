package org.civicswitch.gateway.iso20022.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A text type with its facets; immutable once the definition is parsed. */
final class SimpleType {
  private static final int NONE = -1;

  private final String name;
  private final BaseType base;
  private final List<Pattern> patterns = new ArrayList<>(1);
  private final Set<String> enumeration = new LinkedHashSet<>();
  private int length = NONE;
  private int minLength = NONE;
  private int maxLength = NONE;
  private int totalDigits = NONE;
  private int fractionDigits = NONE;
  private BigDecimal minInclusive;
  private BigDecimal maxInclusive;

  SimpleType(String name, BaseType base) {
    this.name = name;
    this.base = base;
  }

  String name() {
    return name;
  }

  boolean collapses() {
    return base.collapses();
  }

  void facet(String facet, String value) {
    switch (facet) {
      case "length" -> length = Integer.parseInt(value);
      case "minLength" -> minLength = Integer.parseInt(value);
      case "maxLength" -> maxLength = Integer.parseInt(value);
      case "totalDigits" -> totalDigits = Integer.parseInt(value);
      case "fractionDigits" -> fractionDigits = Integer.parseInt(value);
      case "minInclusive" -> minInclusive = new BigDecimal(value);
      case "maxInclusive" -> maxInclusive = new BigDecimal(value);
      case "pattern" -> patterns.add(Pattern.compile(value));
      case "enumeration" -> enumeration.add(value);
      default -> throw new SchemaException("facet " + facet + " of " + name + " is not known");
    }
  }

  /**
   * The first rule that {@code [from, to)} breaks, or null. White space has been collapsed where
   * the type asks for it. The rule never repeats the text: it may be private.
   */
  String broken(char[] text, int from, int to) {
    if (!base.accepts(text, from, to)) {
      return "not a value of " + base.schemaName();
    }
    if (!patterns.isEmpty() && !matchesOne(text, from, to)) {
      return "pattern " + patterns.get(0);
    }
    if (!enumeration.isEmpty() && !enumeration.contains(new String(text, from, to - from))) {
      return enumeration.size() <= 12 ? "one of " + enumeration : "not a code of " + name;
    }
    if (base == BaseType.DECIMAL) {
      return brokenNumber(text, from, to);
    }
    return brokenLength(text, from, to);
  }

  /** Patterns of one type are alternatives. */
  private boolean matchesOne(char[] text, int from, int to) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matches(text, from, to)) {
        return true;
      }
    }
    return false;
  }

  private String brokenLength(char[] text, int from, int to) {
    if (length == NONE && minLength == NONE && maxLength == NONE) {
      return null;
    }
    int actual =
        base == BaseType.BASE64
            ? Base64Text.decodedLength(text, from, to)
            : characters(text, from, to);
    if (length != NONE && actual != length) {
      return "length " + length + ", not " + actual;
    }
    if (minLength != NONE && actual < minLength) {
      return "minLength " + minLength + ", not " + actual;
    }
    if (maxLength != NONE && actual > maxLength) {
      return "maxLength " + maxLength + ", not " + actual;
    }
    return null;
  }

  /** Characters, not halves of them: what XML Schema counts. */
  private static int characters(char[] text, int from, int to) {
    int count = to - from;
    for (int i = from; i < to; i++) {
      if (Character.isHighSurrogate(text[i])) {
        count--;
      }
    }
    return count;
  }

  private String brokenNumber(char[] text, int from, int to) {
    if (fractionDigits != NONE && Decimals.fractionDigits(text, from, to) > fractionDigits) {
      return "fractionDigits " + fractionDigits;
    }
    if (totalDigits != NONE && Decimals.totalDigits(text, from, to) > totalDigits) {
      return "totalDigits " + totalDigits;
    }
    if (minInclusive != null && Decimals.compare(text, from, to, minInclusive) < 0) {
      return "minInclusive " + minInclusive.toPlainString();
    }
    if (maxInclusive != null && Decimals.compare(text, from, to, maxInclusive) > 0) {
      return "maxInclusive " + maxInclusive.toPlainString();
    }
    return null;
  }
}
