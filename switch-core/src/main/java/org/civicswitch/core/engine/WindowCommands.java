package org.civicswitch.core.engine;

import org.civicswitch.core.engine.Governed.Concern;
import org.civicswitch.core.protocol.CloseWindowDecoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.ConfirmSettlementDecoder;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.ProposeSettlementDecoder;
import org.civicswitch.core.protocol.SettleWindowDecoder;
import org.civicswitch.core.protocol.WindowClosedEncoder;
import org.civicswitch.core.protocol.WindowState;

/** The steps of a window, each an operator's: close, propose, confirm, settle. */
final class WindowCommands {
  private final Core core;
  private final Windows windows;
  private final Obligations obligations;
  private final SettlementEvents events;
  private final Precedence refusal = new Precedence();
  private final CloseWindowDecoder close = new CloseWindowDecoder();
  private final ProposeSettlementDecoder propose = new ProposeSettlementDecoder();
  private final ConfirmSettlementDecoder confirm = new ConfirmSettlementDecoder();
  private final SettleWindowDecoder settle = new SettleWindowDecoder();
  private final WindowClosedEncoder closed = new WindowClosedEncoder();

  WindowCommands(
      final Core core,
      final Windows windows,
      final Obligations obligations,
      final SettlementEvents events) {
    this.core = core;
    this.windows = windows;
    this.obligations = obligations;
    this.events = events;
  }

  void define() {
    core.define(
        kind(
            CloseWindowDecoder.TEMPLATE_ID,
            CloseWindowDecoder.BLOCK_LENGTH,
            CloseWindowDecoder.windowEncodingOffset(),
            this::close));
    core.define(
        kind(
                ProposeSettlementDecoder.TEMPLATE_ID,
                ProposeSettlementDecoder.BLOCK_LENGTH,
                ProposeSettlementDecoder.windowEncodingOffset(),
                this::propose)
            .compare(Field.REFERENCE, ProposeSettlementDecoder.referenceEncodingOffset(), 16));
    core.define(
        kind(
                ConfirmSettlementDecoder.TEMPLATE_ID,
                ConfirmSettlementDecoder.BLOCK_LENGTH,
                ConfirmSettlementDecoder.windowEncodingOffset(),
                this::confirm)
            .data()
            .compare(Field.REFERENCE, ConfirmSettlementDecoder.referenceEncodingOffset(), 16));
    core.define(
        kind(
            SettleWindowDecoder.TEMPLATE_ID,
            SettleWindowDecoder.BLOCK_LENGTH,
            SettleWindowDecoder.windowEncodingOffset(),
            this::settle));
  }

  private static CommandKind kind(
      final int template, final int block, final int windowAt, final CommandHandler handler) {
    return new CommandKind(template, block, handler)
        .once()
        .signed(Operators.SETTLEMENT)
        .compare(Field.OTHER, windowAt, 4)
        .governed(Governed.of(Concern.WINDOW, windowAt, 4));
  }

  private Code close(final Command command) {
    close.wrap(command.buffer, command.block, CloseWindowDecoder.BLOCK_LENGTH, 1);
    if (!windows.canClose() || obligations.room() < core.deferred.netting.records().size()) {
      return Code.CAPACITY;
    }
    if (close.window() != core.scalars.get(Scalars.WINDOW)) {
      return wrongState(close.window());
    }
    windows.close();
    final Feed feed = core.feed;
    closed.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(closed.at());
    closed.window(close.window());
    feed.commit(closed.encodedLength());
    return Code.OK;
  }

  private Code wrongState(final long window) {
    core.answer.state = windows.stateOf(window).value();
    return Code.WINDOW_STATE;
  }

  private Code propose(final Command command) {
    propose.wrap(command.buffer, command.block, ProposeSettlementDecoder.BLOCK_LENGTH, 1);
    final long hi = propose.reference().hi();
    final long lo = propose.reference().lo();
    final WindowState state = windows.stateOf(propose.window());
    refusal
        .begin()
        .when(!core.references.hasRoom(), Code.CAPACITY)
        .when((hi | lo) == 0, Code.SETTLEMENT_REFERENCE_UNKNOWN)
        .when(core.references.isUsed(hi, lo), Code.SETTLEMENT_REFERENCE_USED);
    if (state != WindowState.CLOSED && state != WindowState.PROPOSED) {
      refusal.add(wrongState(propose.window()));
    }
    if (!refusal.isOk()) {
      return refusal.code();
    }
    core.references.use(References.Purpose.WINDOW, hi, lo, propose.window(), 0);
    final int window = windows.find(propose.window());
    windows.reference(window, hi, lo);
    moved(command, window, WindowState.PROPOSED);
    return Code.OK;
  }

  private Code confirm(final Command command) {
    confirm.wrap(command.buffer, command.block, ConfirmSettlementDecoder.BLOCK_LENGTH, 1);
    if (windows.stateOf(confirm.window()) != WindowState.PROPOSED) {
      return wrongState(confirm.window());
    }
    final int window = windows.find(confirm.window());
    if (confirm.reference().hi() != windows.referenceHi(window)
        || confirm.reference().lo() != windows.referenceLo(window)) {
      return Code.SETTLEMENT_REFERENCE_UNKNOWN;
    }
    moved(command, window, WindowState.CONFIRMED);
    return Code.OK;
  }

  private Code settle(final Command command) {
    settle.wrap(command.buffer, command.block, SettleWindowDecoder.BLOCK_LENGTH, 1);
    if (windows.stateOf(settle.window()) != WindowState.CONFIRMED) {
      return wrongState(settle.window());
    }
    final int window = windows.find(settle.window());
    windows.begin(window, WindowState.SETTLING);
    events.window(window, WindowState.SETTLING, command.signer);
    return Code.OK;
  }

  private void moved(final Command command, final int window, final WindowState state) {
    windows.state(window, state);
    events.window(window, state, command.signer);
  }
}
