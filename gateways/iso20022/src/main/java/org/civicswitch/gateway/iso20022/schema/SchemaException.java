package org.civicswitch.gateway.iso20022.schema;

/**
 * A schema or a compact definition that cannot be used; the text says which construct and where.
 */
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaException(String message) {
    super(message);
  }

  SchemaException(String message, Throwable cause) {
    super(message, cause);
  }
}
