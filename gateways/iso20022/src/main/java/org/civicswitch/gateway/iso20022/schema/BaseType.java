package org.civicswitch.gateway.iso20022.schema;

/** The built-in types that ISO 20022 schemas restrict. */
enum BaseType {
  STRING("string", false),
  DECIMAL("decimal", true),
  BOOLEAN("boolean", true),
  DATE("date", true),
  DATE_TIME("dateTime", true),
  TIME("time", true),
  YEAR("gYear", true),
  YEAR_MONTH("gYearMonth", true),
  BASE64("base64Binary", true);

  private final String schemaName;
  private final boolean collapses;

  BaseType(String schemaName, boolean collapses) {
    this.schemaName = schemaName;
    this.collapses = collapses;
  }

  String schemaName() {
    return schemaName;
  }

  /** Whether white space around and between is removed before a value is looked at. */
  boolean collapses() {
    return collapses;
  }

  static BaseType named(String schemaName) {
    for (BaseType base : values()) {
      if (base.schemaName.equals(schemaName)) {
        return base;
      }
    }
    throw new SchemaException("built-in type " + schemaName + " is not supported");
  }

  /** Whether {@code [from, to)} is a value of this type; white space has been dealt with. */
  boolean accepts(char[] text, int from, int to) {
    return switch (this) {
      case STRING -> true;
      case DECIMAL -> Decimals.isDecimal(text, from, to);
      case BOOLEAN -> isBoolean(text, from, to);
      case DATE -> Dates.isDate(text, from, to);
      case DATE_TIME -> Dates.isDateTime(text, from, to);
      case TIME -> Dates.isTime(text, from, to);
      case YEAR -> Dates.isYear(text, from, to);
      case YEAR_MONTH -> Dates.isYearMonth(text, from, to);
      case BASE64 -> Base64Text.decodedLength(text, from, to) >= 0;
    };
  }

  private static boolean isBoolean(char[] text, int from, int to) {
    return switch (to - from) {
      case 1 -> text[from] == '0' || text[from] == '1';
      case 4, 5 -> {
        String word = new String(text, from, to - from);
        yield word.equals("true") || word.equals("false");
      }
      default -> false;
    };
  }
}
