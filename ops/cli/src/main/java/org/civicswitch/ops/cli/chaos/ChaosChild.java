package org.civicswitch.ops.cli.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.host.HostOptions;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.storage.JournalOptions;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.client.OutcomeCopy;
import org.civicswitch.ops.cli.world.Genesis;
import org.civicswitch.ops.cli.world.PublishedKeys;
import org.civicswitch.ops.cli.world.Seeding;

/**
 * A switch and two banks in one process that say on standard output what was acknowledged, until
 * somebody kills it. Reads what its predecessors left unresolved and sends that again first.
 */
final class ChaosChild {
  /** Commands under way at most; so many of a life's payments may have been sent unanswered. */
  static final int WINDOW = 64;

  /** Said once. */
  static final String READY = "ready";

  /** Of every line: the last one may be cut, and a cut number is another number. */
  static final String END = ".";

  /** Keeps a run of a thousand lives to some gigabytes. */
  private static final long PAYMENT_EVERY_NS = 250_000;

  private final Life life;
  private final ChaosPayments payments;
  private final SwitchClient client;
  private final PrintStream out;
  private final ArrayDeque<Long> waiting;
  private final StringBuilder lines = new StringBuilder();
  private final long beganNs = System.nanoTime();
  private long next;
  private int underWay;

  private ChaosChild(final Life life, final SwitchClient client, final PrintStream out) {
    this.life = life;
    this.client = client;
    this.out = out;
    payments = new ChaosPayments(life.runMs());
    waiting = new ArrayDeque<>(life.unresolved().keySet());
    next = life.first();
  }

  public static void main(final String[] args) throws IOException {
    final Path directory = Path.of(args[0]);
    final Life life = Life.read(directory);
    final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    final LocalSwitch local =
        LocalSwitch.open(
            ChaosRun.data(directory),
            new SwitchEngine(),
            // Often enough that kills fall into snapshots, releases of segments and archiving.
            HostOptions.defaults().withSnapshotEvery(3_000, 1L << 30),
            JournalOptions.defaults().withSegmentBytes(1 << 20),
            System.err::println);
    if (!life.seeded()) {
      // A life that was killed on its way may have sent a part of it.
      Seeding.apply(
          local,
          Genesis.commands(
              life.runMs(), name -> new Digest256(1, 2, 3, name.hashCode()), PublishedKeys::of, 0),
          true);
    }
    out.println(READY + END);
    out.flush();
    new ChaosChild(life, local.newClient(), out).work();
    Runtime.getRuntime().halt(1);
  }

  /** Until it is killed, or nobody listens any more. */
  private void work() {
    while (!out.checkError()) {
      boolean idle = true;
      if (underWay < WINDOW && !waiting.isEmpty()) {
        idle = !offer(waiting.peek());
        if (!idle) {
          waiting.remove();
        }
      } else if (underWay < WINDOW && isDue()) {
        idle = !offer(Step.SUBMIT.id(next));
        if (!idle) {
          next++;
        }
      }
      idle &= client.poll(this::onOutcome, WINDOW) == 0;
      if (!lines.isEmpty()) {
        out.print(lines);
        lines.setLength(0);
      }
      if (idle) {
        LockSupport.parkNanos(50_000);
      }
    }
  }

  private boolean isDue() {
    return System.nanoTime() - beganNs >= (next - life.first()) * PAYMENT_EVERY_NS;
  }

  private boolean offer(final long id) {
    final int length = payments.encode(id, life.createdMs(Step.number(id)));
    if (client.offer(payments.buffer(), 0, length, id) != SwitchClient.ACCEPTED) {
      return false;
    }
    underWay++;
    return true;
  }

  private void onOutcome(
      final long id, final DirectBuffer outcome, final int offset, final int size) {
    underWay--;
    final Code code = OutcomeCopy.of(outcome, offset).items().get(0).code();
    final long number = Step.number(id);
    final Step step = Step.ofId(id);
    lines.append(step.letter()).append(' ').append(number).append(' ').append(code);
    lines.append(END).append('\n');
    if (step == Step.SUBMIT && code == Code.OK && ChaosPayments.isAnswered(number)) {
      waiting.add(Step.CONFIRM.id(number));
    }
  }
}
