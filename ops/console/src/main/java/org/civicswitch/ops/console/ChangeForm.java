package org.civicswitch.ops.console;

import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.WindowState;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.ops.treasury.Change;
import org.civicswitch.ops.treasury.SettlementBook;
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
  static final String SCHEME = "scheme";
  static final String MODEL = "model";
  static final String UNCOVERED = "uncovered";
  static final String COUNTERPARTY = "counterparty";
  static final String OWNER = "owner";

  /** Of {@link #OWNER}: nobody's collateral, the default fund. */
  static final String DEFAULT_FUND = "default-fund";

  static final Map<String, LiquidityKind> STEPS =
      Map.of(
          "in", LiquidityKind.IN,
          "reserve", LiquidityKind.OUT_RESERVE,
          "confirm", LiquidityKind.OUT_CONFIRM,
          "cancel", LiquidityKind.OUT_CANCEL);

  static final Map<String, SettlementModel> MODELS =
      Map.of(
          "gross", SettlementModel.PREFUNDED_GROSS,
          "net", SettlementModel.DEFERRED_NET,
          "bilateral", SettlementModel.DEFERRED_NET_BILATERAL);

  private static final int REFERENCE_MAX = 140;
  private static final int SCHEME_MAX = 65_535;

  private final FormKind kind;
  private final Map<String, String> fields = new LinkedHashMap<>();

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

  private ChangeForm(final FormKind kind) {
    this.kind = kind;
  }

  /** What was typed; a field that was not sent is empty. */
  static ChangeForm of(final FormKind kind, final MultiMap typed) {
    final ChangeForm form = new ChangeForm(kind);
    for (final String name : kind.names()) {
      final String value = typed.get(name);
      form.fields.put(name, value == null ? "" : value.strip());
    }
    return form;
  }

  FormKind kind() {
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
    return kind == FormKind.LIQUIDITY || kind == FormKind.WINDOW;
  }

  Change change(final TreasuryBook book, final Function<String, Id128> references)
      throws WrongFieldException {
    return switch (kind) {
      case LIMIT -> {
        final TreasuryBook.Asset asset = asset(book);
        yield Change.limit(
            participant(book, PARTICIPANT).number(),
            asset.number(),
            amount(CAP, asset, true),
            field(PAYMENT_MAX).isEmpty() ? 0 : amount(PAYMENT_MAX, asset, true));
      }
      case STATUS -> {
        final String status = field(STATUS);
        if (!status.equals("active") && !status.equals("suspended")) {
          throw new WrongFieldException(STATUS, "Active or suspended.");
        }
        yield Change.status(
            participant(book, PARTICIPANT).number(),
            ParticipantStatus.valueOf(status.toUpperCase(Locale.ROOT)));
      }
      case LIQUIDITY -> {
        final LiquidityKind step = step();
        final String reference = reference();
        final TreasuryBook.Asset asset = asset(book);
        yield Change.liquidity(
            participant(book, PARTICIPANT).number(),
            asset.number(),
            amount(AMOUNT, asset, false),
            step,
            references.apply(reference));
      }
      case COLLATERAL -> {
        final LiquidityKind step = step();
        final String reference = reference();
        final TreasuryBook.Asset asset = asset(book);
        yield Change.collateral(
            field(OWNER).equals(DEFAULT_FUND) ? 0 : participant(book, OWNER).number(),
            asset.number(),
            amount(AMOUNT, asset, false),
            step,
            references.apply(reference));
      }
      case SETTLEMENT_MODEL -> {
        final SettlementModel model = MODELS.get(field(MODEL));
        if (model == null) {
          throw new WrongFieldException(MODEL, "Gross, net or bilateral.");
        }
        yield Change.settlementModel(
            scheme(), asset(book).number(), model, field(UNCOVERED).equals("yes"));
      }
      case WINDOW -> {
        // Asked once: another may close it meanwhile, and what is signed is what was shown.
        final long open = book.settlement().openWindow();
        if (!field(WINDOW).equals(Long.toString(open))) {
          throw new WrongFieldException(WINDOW, "The open window is " + open + ": look again.");
        }
        yield Change.closeWindow(open);
      }
      case SETTLEMENT_PROPOSAL ->
          Change.proposeSettlement(
              window(book, "proposed", WindowState.CLOSED, WindowState.PROPOSED),
              references.apply(reference()));
      case SETTLEMENT_CONFIRMATION ->
          Change.confirmSettlement(
              window(book, "confirmed", WindowState.PROPOSED), references.apply(reference()));
      case SETTLEMENT -> Change.settleWindow(window(book, "settled", WindowState.CONFIRMED));
      case PARTICIPANT_DEFAULT ->
          Change.declareDefault(
              window(book, "the subject of a default", WindowState.PROPOSED),
              asset(book).number(),
              participant(book, PARTICIPANT).number(),
              field(COUNTERPARTY).isEmpty() ? 0 : participant(book, COUNTERPARTY).number());
    };
  }

  private LiquidityKind step() throws WrongFieldException {
    final LiquidityKind step = STEPS.get(field(STEP));
    if (step == null) {
      throw new WrongFieldException(STEP, "In, reserve, confirm or cancel.");
    }
    return step;
  }

  private String reference() throws WrongFieldException {
    final String reference = field(REFERENCE);
    if (reference.isEmpty() || reference.length() > REFERENCE_MAX) {
      throw new WrongFieldException(
          REFERENCE, "1 to " + REFERENCE_MAX + " characters, as the settlement bank has it.");
    }
    return reference;
  }

  private int scheme() throws WrongFieldException {
    final String scheme = field(SCHEME);
    if (!scheme.matches("[0-9]{1,5}") || Integer.parseInt(scheme) > SCHEME_MAX) {
      throw new WrongFieldException(SCHEME, "A number from 0 to " + SCHEME_MAX + ".");
    }
    return Integer.parseInt(scheme);
  }

  /** A window in one of these states; the switch would refuse any other. */
  private long window(final TreasuryBook book, final String what, final WindowState... states)
      throws WrongFieldException {
    final String number = field(WINDOW);
    final Optional<SettlementBook.Window> known =
        number.matches("[0-9]{1,10}")
            ? book.settlement().window(Long.parseLong(number))
            : Optional.empty();
    if (known.isEmpty()) {
      throw new WrongFieldException(WINDOW, "No such window, or it was settled long ago.");
    }
    if (!List.of(states).contains(known.get().state())) {
      throw new WrongFieldException(
          WINDOW,
          "Window "
              + number
              + " is "
              + known.get().state().name().toLowerCase(Locale.ROOT)
              + ": it cannot be "
              + what
              + " now.");
    }
    return known.get().number();
  }

  private TreasuryBook.Participant participant(final TreasuryBook book, final String name)
      throws WrongFieldException {
    return book.participant(field(name))
        .orElseThrow(
            () -> new WrongFieldException(name, "No participant has this code: " + field(name)));
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
