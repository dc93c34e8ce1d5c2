package org.civicswitch.ops.console;

import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.ops.treasury.Change;
import org.civicswitch.ops.treasury.TreasuryBook;

/** A change as somebody typed it into a form: checked here as the command line checks it. */
final class ChangeForm {
  static final String PARTICIPANT = "participant";
  static final String ASSET = "asset";
  static final String CAP = "cap";
  static final String PAYMENT_MAX = "payment-max";
  static final String STATUS = "status";
  static final String STEP = "step";
  static final String AMOUNT = "amount";
  static final String REFERENCE = "reference";
  static final String WINDOW = "window";

  static final Map<String, LiquidityKind> STEPS =
      Map.of(
          "in", LiquidityKind.IN,
          "reserve", LiquidityKind.OUT_RESERVE,
          "confirm", LiquidityKind.OUT_CONFIRM,
          "cancel", LiquidityKind.OUT_CANCEL);

  private static final int REFERENCE_MAX = 140;

  private final Kind kind;
  private final Map<String, String> fields = new LinkedHashMap<>();

  /** What can be changed from here. */
  enum Kind {
    LIMIT("Change a cap"),
    LIQUIDITY("Move money in or out"),
    STATUS("Let a participant take part, or not"),
    WINDOW("Close the settlement window");

    private final String title;

    Kind(final String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    /** Of its fields, in the order in which they are asked for. */
    List<String> names() {
      return switch (this) {
        case LIMIT -> List.of(PARTICIPANT, ASSET, CAP, PAYMENT_MAX);
        case LIQUIDITY -> List.of(STEP, PARTICIPANT, ASSET, AMOUNT, REFERENCE);
        case STATUS -> List.of(PARTICIPANT, ChangeForm.STATUS);
        case WINDOW -> List.of(ChangeForm.WINDOW);
      };
    }

    /** As in an address. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(final String word) {
      return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
  }

  /** A field does not say what it should. */
  static final class WrongFieldException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;

    WrongFieldException(final String field, final String message) {
      super(message);
      this.field = field;
    }

    String field() {
      return field;
    }
  }

  private ChangeForm(final Kind kind) {
    this.kind = kind;
  }

  /** What was typed; a field that was not sent is empty. */
  static ChangeForm of(final Kind kind, final MultiMap typed) {
    final ChangeForm form = new ChangeForm(kind);
    for (final String name : kind.names()) {
      final String value = typed.get(name);
      form.fields.put(name, value == null ? "" : value.strip());
    }
    return form;
  }

  Kind kind() {
    return kind;
  }

  Map<String, String> fields() {
    return fields;
  }

  String field(final String name) {
    return fields.getOrDefault(name, "");
  }

  /** Payments move what it is about: what it finds before is another at every look. */
  boolean movesWithPayments() {
    return kind == Kind.LIQUIDITY;
  }

  Change change(final TreasuryBook book, final Function<String, Id128> references)
      throws WrongFieldException {
    switch (kind) {
      case LIMIT -> {
        final TreasuryBook.Asset asset = asset(book);
        return Change.limit(
            participant(book).number(),
            asset.number(),
            amount(CAP, asset, true),
            field(PAYMENT_MAX).isEmpty() ? 0 : amount(PAYMENT_MAX, asset, true));
      }
      case STATUS -> {
        final String status = field(STATUS);
        if (!status.equals("active") && !status.equals("suspended")) {
          throw new WrongFieldException(STATUS, "Active or suspended.");
        }
        return Change.status(
            participant(book).number(), ParticipantStatus.valueOf(status.toUpperCase(Locale.ROOT)));
      }
      case LIQUIDITY -> {
        final LiquidityKind step = STEPS.get(field(STEP));
        if (step == null) {
          throw new WrongFieldException(STEP, "In, reserve, confirm or cancel.");
        }
        final String reference = field(REFERENCE);
        if (reference.isEmpty() || reference.length() > REFERENCE_MAX) {
          throw new WrongFieldException(
              REFERENCE, "1 to " + REFERENCE_MAX + " characters, as the settlement bank has it.");
        }
        final TreasuryBook.Asset asset = asset(book);
        return Change.liquidity(
            participant(book).number(),
            asset.number(),
            amount(AMOUNT, asset, false),
            step,
            references.apply(reference));
      }
      default -> {
        if (!field(WINDOW).equals(Long.toString(book.settlement().openWindow()))) {
          throw new WrongFieldException(
              WINDOW, "The open window is " + book.settlement().openWindow() + ": look again.");
        }
        return Change.closeWindow(book.settlement().openWindow());
      }
    }
  }

  /** What follows {@code operate} to do the same in a shell. */
  String[] words(final int operator) {
    final List<String> words = new ArrayList<>();
    switch (kind) {
      case LIMIT -> {
        words.add("limit");
        option(words, PARTICIPANT);
        option(words, ASSET);
        option(words, CAP);
        if (!field(PAYMENT_MAX).isEmpty()) {
          option(words, PAYMENT_MAX);
        }
      }
      case STATUS -> {
        words.add("status");
        words.add(field(STATUS));
        option(words, PARTICIPANT);
      }
      case LIQUIDITY -> {
        words.add("liquidity");
        words.add(field(STEP));
        option(words, PARTICIPANT);
        option(words, ASSET);
        option(words, AMOUNT);
        option(words, REFERENCE);
      }
      default -> words.addAll(List.of("window", "close"));
    }
    words.add("--operator");
    words.add(Integer.toString(operator));
    return words.toArray(String[]::new);
  }

  private void option(final List<String> words, final String name) {
    words.add("--" + name);
    words.add(field(name));
  }

  private TreasuryBook.Participant participant(final TreasuryBook book) throws WrongFieldException {
    return book.participant(field(PARTICIPANT))
        .orElseThrow(
            () ->
                new WrongFieldException(
                    PARTICIPANT, "No participant has this code: " + field(PARTICIPANT)));
  }

  private TreasuryBook.Asset asset(final TreasuryBook book) throws WrongFieldException {
    return book.asset(field(ASSET))
        .orElseThrow(
            () -> new WrongFieldException(ASSET, "No asset has this code: " + field(ASSET)));
  }

  private long amount(final String name, final TreasuryBook.Asset asset, final boolean zero)
      throws WrongFieldException {
    final int exponent = asset.exponent();
    final String decimals = exponent == 0 ? "" : "(\\.[0-9]{1," + exponent + "})?";
    if (!field(name).matches("[0-9]{1,15}" + decimals)) {
      throw new WrongFieldException(
          name,
          "A decimal amount with at most "
              + exponent
              + " decimals, a point before them and no separators.");
    }
    final long minor = new BigDecimal(field(name)).movePointRight(exponent).longValueExact();
    if (minor == 0 && !zero) {
      throw new WrongFieldException(name, "The amount must be above zero.");
    }
    return minor;
  }
}
