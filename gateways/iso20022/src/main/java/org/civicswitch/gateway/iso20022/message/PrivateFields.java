package org.civicswitch.gateway.iso20022.message;

import java.util.Arrays;

/**
 * What is personal in one payment, and all else that its creditor agent must be told besides the
 * clear business fields: the three free identifications and every carried element of the
 * transaction (parties, accounts, addresses, purpose, remittance and so on).
 *
 * <p>{@link #encode} is canonical: the same content gives the same bytes, so the bytes serve both
 * as what is encrypted and as what a content digest covers. Supplementary data is not carried.
 * Immutable and safe for any thread.
 */
public final class PrivateFields {
  private static final byte FORMAT = 1;
  private static final String IDENTIFICATION = "PmtId";

  private final byte[] tokens;

  private PrivateFields(byte[] tokens) {
    this.tokens = tokens;
  }

  static PrivateFields of(Tokens tokens) {
    return new PrivateFields(tokens.copy());
  }

  /** Collects the fields of a payment that does not come from a message. */
  public static Builder builder() {
    return new Builder();
  }

  /** One format byte and the tokens. */
  public byte[] encode() {
    byte[] encoded = new byte[tokens.length + 1];
    encoded[0] = FORMAT;
    System.arraycopy(tokens, 0, encoded, 1, tokens.length);
    return encoded;
  }

  /**
   * The reverse of {@link #encode}.
   *
   * @throws IllegalArgumentException when the bytes are not such fields
   */
  public static PrivateFields decode(byte[] encoded) {
    if (encoded.length == 0 || encoded[0] != FORMAT) {
      throw new IllegalArgumentException("private fields of an unknown format");
    }
    byte[] tokens = Arrays.copyOfRange(encoded, 1, encoded.length);
    TokenCursor cursor = new TokenCursor(tokens, 0, tokens.length);
    int depth = 0;
    while (cursor.next()) {
      depth += cursor.kind() == Tokens.OPEN ? 1 : cursor.kind() == Tokens.CLOSE ? -1 : 0;
      if (depth < 0 || (depth == 0 && cursor.kind() != Tokens.CLOSE)) {
        throw new IllegalArgumentException("private fields are damaged");
      }
    }
    if (depth != 0) {
      throw new IllegalArgumentException("private fields are damaged");
    }
    return new PrivateFields(tokens);
  }

  /** The instruction identification, or null. */
  public String instructionId() {
    return find(IDENTIFICATION + "/InstrId");
  }

  /** The end-to-end identification, or null when there is none. */
  public String endToEndId() {
    return find(IDENTIFICATION + "/EndToEndId");
  }

  /** The transaction identification, or null. */
  public String transactionId() {
    return find(IDENTIFICATION + "/TxId");
  }

  public String debtorName() {
    return find("Dbtr/Nm");
  }

  public String creditorName() {
    return find("Cdtr/Nm");
  }

  /** The debtor's IBAN or other account number, or null. */
  public String debtorAccount() {
    return account("DbtrAcct");
  }

  /** The creditor's IBAN or other account number, or null. */
  public String creditorAccount() {
    return account("CdtrAcct");
  }

  private String account(String element) {
    String iban = find(element + "/Id/IBAN");
    return iban != null ? iban : find(element + "/Id/Othr/Id");
  }

  /** The proxy (alias) of the creditor's account, or null. */
  public String creditorProxy() {
    return find("CdtrAcct/Prxy/Id");
  }

  /** The kind of proxy, a code or a proprietary word, or null. */
  public String creditorProxyType() {
    String code = find("CdtrAcct/Prxy/Tp/Cd");
    return code != null ? code : find("CdtrAcct/Prxy/Tp/Prtry");
  }

  /** The first line of unstructured remittance information, or null. */
  public String remittance() {
    return find("RmtInf/Ustrd");
  }

  /** The purpose, a code or a proprietary word, or null. */
  public String purpose() {
    String code = find("Purp/Cd");
    return code != null ? code : find("Purp/Prtry");
  }

  /** The charge bearer code, or null. */
  public String chargeBearer() {
    return find("ChrgBr");
  }

  /** The acceptance time as the sender wrote it, or null. */
  public String acceptanceTime() {
    return find("AccptncDtTm");
  }

  /**
   * The text of the first element at a path.
   *
   * @param path element names below the transaction, separated by slashes
   * @return the text, or null when there is no such element
   */
  public String find(String path) {
    String[] names = path.split("/", -1);
    TokenCursor cursor = new TokenCursor(tokens, 0, tokens.length);
    int matched = 0;
    while (cursor.next()) {
      switch (cursor.kind()) {
        case Tokens.OPEN -> {
          if (cursor.name().equals(names[matched])) {
            matched++;
            if (matched == names.length) {
              return cursor.peekText();
            }
          } else {
            cursor.skipElement();
          }
        }
        case Tokens.CLOSE -> matched--;
        default -> {
          // text and attributes of elements on the way
        }
      }
    }
    return null;
  }

  byte[] tokens() {
    return tokens;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PrivateFields fields && Arrays.equals(tokens, fields.tokens);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens);
  }

  /** Never shows what is private. */
  @Override
  public String toString() {
    return "PrivateFields[" + tokens.length + " bytes]";
  }

  /** Collects fields; the order of calls does not matter. Values must keep the message's facets. */
  public static final class Builder {
    private String instructionId;
    private String endToEndId = "NOTPROVIDED";
    private String transactionId;
    private String debtorName;
    private String debtorAccount;
    private String creditorName;
    private String creditorAccount;
    private String purpose;
    private String remittance;

    private Builder() {}

    /** At most 35 characters. */
    public Builder instructionId(String value) {
      instructionId = value;
      return this;
    }

    /** At most 35 characters; {@code NOTPROVIDED} when not set. */
    public Builder endToEndId(String value) {
      endToEndId = value;
      return this;
    }

    /** At most 35 characters. */
    public Builder transactionId(String value) {
      transactionId = value;
      return this;
    }

    /** At most 140 characters. */
    public Builder debtorName(String value) {
      debtorName = value;
      return this;
    }

    /** An IBAN, or another number of at most 34 characters. */
    public Builder debtorAccount(String value) {
      debtorAccount = value;
      return this;
    }

    /** At most 140 characters. */
    public Builder creditorName(String value) {
      creditorName = value;
      return this;
    }

    /** An IBAN, or another number of at most 34 characters. */
    public Builder creditorAccount(String value) {
      creditorAccount = value;
      return this;
    }

    /** A purpose code of at most 4 characters. */
    public Builder purpose(String value) {
      purpose = value;
      return this;
    }

    /** At most 140 characters. */
    public Builder remittance(String value) {
      remittance = value;
      return this;
    }

    /** The fields, in the order of the message. */
    public PrivateFields build() {
      Tokens tokens = new Tokens();
      tokens.open(IDENTIFICATION);
      leaf(tokens, "InstrId", instructionId);
      leaf(tokens, "EndToEndId", endToEndId);
      leaf(tokens, "TxId", transactionId);
      tokens.close();
      party(tokens, "Dbtr", debtorName);
      account(tokens, "DbtrAcct", debtorAccount);
      party(tokens, "Cdtr", creditorName);
      account(tokens, "CdtrAcct", creditorAccount);
      group(tokens, "Purp", "Cd", purpose);
      group(tokens, "RmtInf", "Ustrd", remittance);
      return PrivateFields.of(tokens);
    }

    private static void leaf(Tokens tokens, String name, String value) {
      if (value != null) {
        tokens.leaf(name, value);
      }
    }

    private static void party(Tokens tokens, String name, String value) {
      tokens.open(name);
      leaf(tokens, "Nm", value);
      tokens.close();
    }

    private static void group(Tokens tokens, String group, String name, String value) {
      if (value != null) {
        tokens.open(group);
        tokens.leaf(name, value);
        tokens.close();
      }
    }

    private static void account(Tokens tokens, String name, String number) {
      if (number == null) {
        return;
      }
      tokens.open(name);
      tokens.open("Id");
      if (Ibans.isIban(number)) {
        tokens.leaf("IBAN", number);
      } else {
        group(tokens, "Othr", "Id", number);
      }
      tokens.close();
      tokens.close();
    }
  }
}
