package org.civicswitch.ops.benefits;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.operator.OperatorSigner;

/**
 * One benefits run, from a roll to its last answer: {@link #check}, {@link #fill}, {@link #seal},
 * {@link #approve}, {@link #release}, and at the end {@link #writeRepairFile}. A run that was
 * interrupted goes on where it was when the same steps are taken again: what was done is found in
 * the feed.
 *
 * <p>Memory: a bit per row and 11 bytes per line of the envelope. One thread at a time; {@link
 * #progress} by any.
 */
public final class Run {
  /** Envelopes of one run at most. The first is cancelled when the switch refuses rows of it. */
  public static final int ATTEMPTS_MAX = 64;

  /** How often a line finds taken what this run itself had, before another run must have it. */
  private static final int TAKEN_TRIES = 3;

  private final OfficeContext context;
  private final Roll roll;
  private final RunTerms terms;
  private final Path verdictFile;
  private final BitSet payable = new BitSet();
  private final Map<Integer, Code> refusedBySwitch = new HashMap<>();
  private final Map<Integer, Code> noRoom = new HashMap<>();
  private final BitSet takenBefore = new BitSet();
  private final Map<Integer, Integer> stillTaken = new HashMap<>();
  private boolean checked;
  private int attempt;
  private volatile Id128 envelope;

  Run(final OfficeContext context, final Roll roll, final RunTerms terms, final Path verdictFile) {
    this.context = context;
    this.roll = roll;
    this.terms = terms;
    this.verdictFile = verdictFile;
  }

  /**
   * First pass: every row's form and eligibility; the verdict file gets one row per refused row.
   * Changes nothing in the switch.
   */
  public RollCheck check() throws IOException, RollFormatException {
    context.catchUp();
    payable.clear();
    refusedBySwitch.clear();
    refusedBySwitch.putAll(noRoom);
    takenBefore.clear();
    stillTaken.clear();
    findAttempt();
    final Envelope current = context.book().envelope(envelope);
    final EnvelopeLines fixed =
        current == null || current.state() == EnvelopeState.DRAFT
            ? null
            : context.book().lines(envelope);
    final FirstPass pass = new FirstPass(fixed);
    try (CsvFile verdicts = CsvFile.create(verdictFile, false)) {
      verdicts.row("line", "beneficiary", "code", "reason");
      pass.verdicts = verdicts;
      roll.read(pass);
    }
    checked = true;
    return new RollCheck(payable.cardinality(), pass.total, pass.refused, verdictFile);
  }

  private final class FirstPass implements RollReader.Rows {
    private final EnvelopeLines fixed;
    private CsvFile verdicts;
    private final RowSet asked = new RowSet();
    private long total;
    private long refused;

    FirstPass(final EnvelopeLines fixed) {
      this.fixed = fixed;
    }

    @Override
    public void row(final RollRow row) {
      final int line = (int) row.line();
      Code code = refusedBySwitch.get(line);
      final Payee payee = context.payee(row);
      final boolean inEnvelope = fixed != null && fixed.contains(line);
      if (inEnvelope) {
        code = Code.OK;
      } else if (code == null) {
        code = payee.code();
      }
      final boolean first = code != Code.OK || asked.add(payee.subject(), row.entitlement());
      if (!first && !inEnvelope) {
        refused(
            line,
            row.beneficiary(),
            "DUPLICATE_ROW",
            "an earlier row has the same beneficiary and entitlement");
      } else if (code == Code.OK && (fixed == null || inEnvelope)) {
        payable.set(line);
        total = Math.addExact(total, row.amount());
      } else {
        refused(
            line,
            row.beneficiary(),
            code == Code.OK ? "NOT_IN_ENVELOPE" : code.name(),
            code == Code.OK
                ? "became payable after the envelope was sealed"
                : VerdictWording.of(code));
      }
    }

    @Override
    public void refused(
        final long line, final String beneficiary, final String code, final String reason) {
      refused++;
      verdicts.row(Long.toString(line), beneficiary, code, reason);
    }
  }

  /** Goes to the attempt that counts: the first whose envelope is not cancelled. */
  private void findAttempt() {
    for (attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      envelope = envelopeId(attempt);
      final Envelope there = context.book().envelope(envelope);
      if (there == null || there.state() != EnvelopeState.CANCELLED) {
        return;
      }
      learnFrom(context.book().lines(envelope));
    }
    throw new IllegalStateException(ATTEMPTS_MAX + " envelopes of this run were cancelled");
  }

  /**
   * An entitlement that an envelope of this run itself had taken comes free in a moment: not a
   * refusal, unless it is taken still when it is asked for again and again.
   */
  private void learnFrom(final EnvelopeLines lines) {
    for (final Map.Entry<Integer, Code> refusal : lines.refused().entrySet()) {
      final int line = refusal.getKey();
      if (refusal.getValue() != Code.ENTITLEMENT_TAKEN
          || !takenBefore.get(line)
          || stillTaken.merge(line, 1, Integer::sum) >= TAKEN_TRIES) {
        refusedBySwitch.put(line, refusal.getValue());
      }
    }
    takenBefore.or(lines.added());
  }

  private Id128 envelopeId(final int number) {
    return context
        .tokens()
        .id(
            "envelope",
            context.settings().programme()
                + "|"
                + terms.cycle()
                + "|"
                + roll.digest()
                + "|"
                + number);
  }

  /**
   * Second pass: an envelope with exactly the rows that the switch takes. Rows that it refuses go
   * to the verdict file; their envelope is cancelled and made anew without them.
   *
   * @return what is in the envelope, and how many rows are in the verdict file
   * @throws OfficeRefused if the envelope itself is refused, or no row can be paid
   */
  public RollCheck fill(final OperatorSigner maker)
      throws IOException, RollFormatException, OfficeRefused {
    RollCheck result = check();
    for (int made = 0; made < ATTEMPTS_MAX; made++) {
      final Envelope there = context.book().envelope(envelope);
      if (there != null && there.state() != EnvelopeState.DRAFT) {
        return result;
      }
      if (result.payable() == 0) {
        throw new OfficeRefused(
            "fill", Code.ENVELOPE_INCOMPLETE, "no row of the roll can be paid; see " + verdictFile);
      }
      final boolean fits =
          there == null
              || (there.declaredCount() == result.payable()
                  && there.declaredTotal() == result.total());
      if (there == null) {
        context.step(
            "create envelope",
            context
                .commands()
                .create(
                    envelope,
                    context.settings(),
                    terms,
                    result.payable(),
                    result.total(),
                    maker,
                    context.book().sequence()));
      }
      if (fits) {
        noRoom.putAll(new Filling(context, envelope).send(roll, payable));
        context.catchUp();
        if (context.book().lines(envelope).added().equals(payable)) {
          return result;
        }
      }
      cancelAndFree(maker);
      result = check();
    }
    throw new IllegalStateException(ATTEMPTS_MAX + " envelopes were refused");
  }

  /** Cancels, and lets the switch free what the lines had taken: a few lines per command. */
  private void cancelAndFree(final OperatorSigner maker) throws OfficeRefused {
    cancel(maker);
    final int lines = context.book().lines(envelope).count();
    for (int i = 0; i < lines / 50 + 8; i++) {
      context.sender().call(context.commands().mark());
    }
  }

  /** Seals the envelope; done when it is sealed already. */
  public void seal(final OperatorSigner maker) throws OfficeRefused {
    refuseGivenUp("seal");
    if (state() == EnvelopeState.DRAFT) {
      context.step("seal", context.commands().seal(envelope, maker, context.book().sequence()));
    }
  }

  /**
   * Approves what was sealed, after computing the hash anew from the roll.
   *
   * @param checker another operator than the maker
   * @throws OfficeRefused ENVELOPE_HASH if the envelope does not hold what the roll says
   */
  public void approve(final OperatorSigner checker)
      throws IOException, RollFormatException, OfficeRefused {
    refuseGivenUp("approve");
    if (state() != EnvelopeState.SEALED) {
      if (state() == EnvelopeState.DRAFT) {
        throw new OfficeRefused("approve", Code.ENVELOPE_STATE, "it is not sealed yet");
      }
      return;
    }
    final Digest256 hash = recomputeHash();
    if (!hash.equals(context.book().envelope(envelope).hash())) {
      throw new OfficeRefused(
          "approve",
          Code.ENVELOPE_HASH,
          "the envelope is not what the roll says with value date "
              + LocalDate.ofEpochDay(terms.valueDate())
              + " and "
              + context.settings().timeoutMs() / 1000
              + " s for banks to answer, paid by "
              + context.settings().debtorName());
    }
    context.step(
        "approve", context.commands().approve(envelope, hash, checker, context.book().sequence()));
  }

  /** The envelope's hash as it follows from the roll: what a checker signs. */
  public Digest256 recomputeHash() throws IOException, RollFormatException {
    current();
    final EnvelopeLines lines = context.book().lines(envelope);
    final EnvelopeDigest digest =
        new EnvelopeDigest(context.book().envelope(envelope), lines, context.settings(), terms);
    roll.rows(
        row -> {
          if (lines.contains(row.line())) {
            digest.line(
                row,
                context.payee(row),
                context
                    .tokens()
                    .content(LineContent.of(row, envelope, context.settings().debtorName())));
          }
        });
    return digest.result();
  }

  /** Starts paying, or goes on after a pause. */
  public void release(final OperatorSigner maker) throws OfficeRefused {
    refuseGivenUp("release");
    if (state() != EnvelopeState.RELEASED && state() != EnvelopeState.CLOSED) {
      try {
        context.step(
            "release", context.commands().release(envelope, maker, context.book().sequence()));
      } catch (final OfficeRefused e) {
        throw withFigures(e);
      }
    }
  }

  private OfficeRefused withFigures(final OfficeRefused refused) {
    final ProgrammeState programme = context.book().programme();
    final boolean authority = refused.code() == Code.BUDGET_EXCEEDED;
    if (programme == null || (!authority && refused.code() != Code.CASH_EXCEEDED)) {
      return refused;
    }
    return new OfficeRefused(
        "release",
        refused.code(),
        "the run needs "
            + money(context.book().envelope(envelope).addedTotal())
            + ", the programme has "
            + money(authority ? programme.freeAuthority() : programme.freeCash())
            + (authority ? " of free budget authority" : " of free cash"));
  }

  private String money(final long minorUnits) {
    return Amounts.decimal(minorUnits, context.settings().exponent())
        + " "
        + context.settings().currency();
  }

  /** The same as {@link #release}, of a paused run. */
  public void resume(final OperatorSigner maker) throws OfficeRefused {
    release(maker);
  }

  private void refuseGivenUp(final String step) throws OfficeRefused {
    if (state() == EnvelopeState.CANCELLED) {
      throw new OfficeRefused(
          step, Code.ENVELOPE_STATE, "the envelope was cancelled; fill makes another of this roll");
    }
  }

  /** No further line is sent; those under way are answered. Done when it is paused already. */
  public void pause(final OperatorSigner maker) throws OfficeRefused {
    if (state() != EnvelopeState.PAUSED) {
      context.step("pause", context.commands().pause(envelope, maker, context.book().sequence()));
    }
  }

  /**
   * Finds the run that an earlier process began; changes nothing. Of one that was given up it is
   * the envelope that was cancelled last.
   *
   * @throws OfficeRefused ENVELOPE_UNKNOWN if none did
   */
  public void follow() throws OfficeRefused {
    current();
    if (context.book().envelope(envelope) == null && attempt > 1) {
      envelope = envelopeId(--attempt);
    }
    if (context.book().envelope(envelope) == null) {
      throw new OfficeRefused(
          "run",
          Code.ENVELOPE_UNKNOWN,
          "this roll was not filled in cycle " + terms.cycle() + " of the programme yet");
    }
  }

  /** Gives the envelope up; only before release. Done when it is cancelled already. */
  public void cancel(final OperatorSigner maker) throws OfficeRefused {
    if (state() != EnvelopeState.CANCELLED) {
      context.step("cancel", context.commands().cancel(envelope, maker, context.book().sequence()));
    }
  }

  /**
   * How far it is, live.
   *
   * @throws IllegalStateException before {@link #fill} made an envelope
   */
  public RunProgress progress() {
    final Id128 id = envelope;
    final Envelope there = id == null ? null : context.book().envelope(id);
    if (there == null) {
      throw new IllegalStateException("the run has no envelope yet");
    }
    return RunProgress.of(there);
  }

  /**
   * Writes what has to be done again: rejected, expired, returned and held lines, with the columns
   * of the roll and the reason. What it holds can be read again as a roll.
   *
   * @return how many rows
   */
  public long writeRepairFile(final Path file) throws IOException, RollFormatException {
    return writeRepairFile(file, false);
  }

  /**
   * The same for people.
   *
   * @param forSpreadsheet cells that a spreadsheet would take for formulas are changed so that it
   *     does not; such a file is not a roll any more
   */
  public long writeRepairFile(final Path file, final boolean forSpreadsheet)
      throws IOException, RollFormatException {
    current();
    context.catchUp();
    final Map<Integer, String> unpaid = context.book().lines(envelope).unpaid();
    final OfficeSettings settings = context.settings();
    try (CsvFile repair = CsvFile.create(file, forSpreadsheet)) {
      repair.row(
          "beneficiary",
          "entitlement",
          "amount",
          "currency",
          "agent",
          "account",
          "name",
          "alias",
          "remittance",
          "reason");
      roll.rows(
          row -> {
            final String why = unpaid.get((int) row.line());
            if (why != null) {
              repair.row(
                  row.beneficiary(),
                  Integer.toString(row.entitlement()),
                  Amounts.decimal(row.amount(), settings.exponent()),
                  settings.currency(),
                  row.agent(),
                  row.account(),
                  row.name(),
                  row.alias(),
                  row.remittance(),
                  why);
            }
          });
    }
    return unpaid.size();
  }

  /** The verdict file as people open it: cells that look like formulas are made harmless. */
  public void writeVerdictsForSpreadsheet(final Path file) throws IOException {
    VerdictWording.copyForSpreadsheet(verdictFile, file);
  }

  private EnvelopeState state() {
    current();
    final Envelope there = context.book().envelope(envelope);
    if (there == null) {
      throw new IllegalStateException("the run has no envelope yet: fill it first");
    }
    return there.state();
  }

  private void current() {
    if (!checked) {
      context.catchUp();
      findAttempt();
      checked = true;
    }
  }
}
