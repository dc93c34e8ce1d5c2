package org.civicswitch.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.engine.AnySignature;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.engine.LostTimer;
import org.civicswitch.core.engine.Signatures;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.protocol.ConfigureDecoder;
import org.civicswitch.core.protocol.ConfirmSettlementDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MoveCollateralDecoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.ProposeSettlementDecoder;
import org.civicswitch.core.protocol.SubmitPaymentDecoder;
import org.civicswitch.core.storage.Journal;
import org.civicswitch.core.storage.Storage;
import org.civicswitch.memory.SnapshotSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The simulation itself is tested: each defect is found within so many seeds. */
@Tag("slow")
class PlantedDefectsTest {
  private static final int SEEDS = 60;

  private static void isFound(final Supplier<SimParts> defect) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      if (Simulation.run(seed, SimSummary.COMMANDS, SimSummary.CRASHES, defect.get()).failed()) {
        return;
      }
    }
    assertThat(SEEDS).as("lives that held every promise, with the defect").isZero();
  }

  private static void isFoundInEngine(final Supplier<AlteredCommands.Change> defect) {
    isFound(
        () -> {
          // One for all engines of a life: a defect is the same wherever the code runs.
          final AlteredCommands.Change change = defect.get();
          return new SimParts() {
            @Override
            Engine engine(final SwitchEngine engine) {
              return new AlteredCommands(engine, change);
            }
          };
        });
  }

  @Test
  void skippedForce() {
    isFound(
        () ->
            new SimParts() {
              @Override
              Storage storage(final SimStorage disk) {
                return new SkippedForce(disk);
              }
            });
  }

  @Test
  void outcomeReleasedBeforeItIsDurable() {
    isFound(
        () ->
            new SimParts() {
              private int calls;

              @Override
              void commit(final Journal journal) {
                if (++calls % 3 != 0) {
                  journal.commit();
                }
              }
            });
  }

  @Test
  void feedWrittenAheadOfTheGate() {
    isFound(
        () ->
            new SimParts() {
              @Override
              void applied(final SimFeed feed, final CommandResult result) {
                result.events().forEach(feed::append);
              }
            });
  }

  @Test
  void snapshotWrittenAheadOfTheJournal() {
    isFound(
        () ->
            new SimParts() {
              @Override
              boolean mayWrite(final long frozen, final Journal journal) {
                return true;
              }
            });
  }

  @Test
  void timerMissingFromTheSnapshot() {
    isFound(
        () ->
            new SimParts() {
              @Override
              Engine engine(final SwitchEngine engine) {
                return new EngineShell(engine) {
                  @Override
                  public void load(final SnapshotSource source) {
                    super.load(source);
                    LostTimer.in(engine);
                  }
                };
              }
            });
  }

  @Test
  void copyOnWritePageMissed() {
    isFound(
        () ->
            new SimParts() {
              @Override
              Engine engine(final SwitchEngine engine) {
                return new MissedPage(engine);
              }
            });
  }

  @Test
  void signatureNotChecked() {
    isFound(
        () ->
            new SimParts() {
              @Override
              Signatures signatures() {
                return new AnySignature();
              }
            });
  }

  @Test
  void amountNotCompared() {
    isFoundInEngine(FirstAmounts::new);
  }

  /** Takes a payment's amount to be what it was the first time. */
  private static final class FirstAmounts implements AlteredCommands.Change {
    private static final int FIRST =
        MessageHeaderDecoder.ENCODED_LENGTH + SubmitPaymentDecoder.BLOCK_LENGTH + 4;
    private static final int AMOUNT =
        FIRST + SubmitPaymentDecoder.PaymentsDecoder.amountEncodingOffset();

    private final Map<Instruction.Id, Long> amounts = new HashMap<>();

    @Override
    public void make(final int template, final UnsafeBuffer command) {
      if (template == SubmitPaymentDecoder.TEMPLATE_ID
          && command.capacity() >= AMOUNT + Long.BYTES) {
        final Instruction.Id key =
            new Instruction.Id(
                command.getLong(FIRST, ByteOrder.LITTLE_ENDIAN),
                command.getLong(FIRST + Long.BYTES, ByteOrder.LITTLE_ENDIAN));
        final long amount = command.getLong(AMOUNT, ByteOrder.LITTLE_ENDIAN);
        amounts.putIfAbsent(key, amount);
        command.putLong(AMOUNT, amounts.get(key), ByteOrder.LITTLE_ENDIAN);
      }
    }
  }

  @Test
  void moneyInCountedTwice() {
    isFoundInEngine(() -> PlantedDefectsTest::doubleMoneyIn);
  }

  private static void doubleMoneyIn(final int template, final UnsafeBuffer command) {
    final int at =
        MessageHeaderDecoder.ENCODED_LENGTH + MoveCollateralDecoder.amountEncodingOffset();
    if (template == MoveCollateralDecoder.TEMPLATE_ID && command.capacity() >= at + Long.BYTES) {
      command.putLong(
          at, 2 * command.getLong(at, ByteOrder.LITTLE_ENDIAN), ByteOrder.LITTLE_ENDIAN);
    }
  }

  @Test
  void settlementConfirmedByAnyReference() {
    isFoundInEngine(LastReferences::new);
  }

  /** Takes the settlement bank's reference to be whatever was proposed. */
  private static final class LastReferences implements AlteredCommands.Change {
    private static final int WINDOW =
        MessageHeaderDecoder.ENCODED_LENGTH + ConfirmSettlementDecoder.windowEncodingOffset();
    private static final int REFERENCE =
        MessageHeaderDecoder.ENCODED_LENGTH + ConfirmSettlementDecoder.referenceEncodingOffset();

    private final Map<Integer, Instruction.Id> proposed = new HashMap<>();

    @Override
    public void make(final int template, final UnsafeBuffer command) {
      final boolean proposes = template == ProposeSettlementDecoder.TEMPLATE_ID;
      if (command.capacity() < REFERENCE + 2 * Long.BYTES
          || (!proposes && template != ConfirmSettlementDecoder.TEMPLATE_ID)) {
        return;
      }
      // Both say window and reference at the same place.
      final int window = command.getInt(WINDOW, ByteOrder.LITTLE_ENDIAN);
      if (proposes) {
        proposed.put(
            window,
            new Instruction.Id(
                command.getLong(REFERENCE, ByteOrder.LITTLE_ENDIAN),
                command.getLong(REFERENCE + Long.BYTES, ByteOrder.LITTLE_ENDIAN)));
      } else if (proposed.containsKey(window)) {
        command.putLong(REFERENCE, proposed.get(window).hi(), ByteOrder.LITTLE_ENDIAN);
        command.putLong(REFERENCE + Long.BYTES, proposed.get(window).lo(), ByteOrder.LITTLE_ENDIAN);
      }
    }
  }

  @Test
  void evictionTooEarly() {
    isFoundInEngine(() -> PlantedDefectsTest::halveTheWindow);
  }

  private static void halveTheWindow(final int template, final UnsafeBuffer command) {
    final int at = MessageHeaderDecoder.ENCODED_LENGTH + ConfigureDecoder.BLOCK_LENGTH + 4;
    final int value = at + ConfigureDecoder.SettingsDecoder.valueEncodingOffset();
    if (template == ConfigureDecoder.TEMPLATE_ID
        && command.capacity() >= value + Long.BYTES
        && (command.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFF)
            == (Parameter.DUPLICATE_WINDOW_MS.value() & 0xFF)
        && command.getLong(value, ByteOrder.LITTLE_ENDIAN) == SimWorld.DUPLICATE_WINDOW_MS) {
      command.putLong(value, SimWorld.DUPLICATE_WINDOW_MS / 2, ByteOrder.LITTLE_ENDIAN);
    }
  }
}
