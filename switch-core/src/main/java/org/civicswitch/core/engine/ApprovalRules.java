package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.ApprovalRuleChangedEncoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.SetApprovalRuleDecoder;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Which changes need others' approval: by kind, asset and size. Of the rules that apply the one
 * with the most approvals counts, and it says who may approve. There are few and they are asked
 * only for what people sign, so they are looked through one by one.
 *
 * <p>A rule also guards itself: who would change a rule for a kind needs what the strictest rule
 * for that kind asks, and who would add or change an operator what the strictest rule of all asks.
 * Otherwise fewer could make themselves enough.
 */
final class ApprovalRules implements CommandHandler {
  /** Most approvals that a rule can want. */
  static final int APPROVALS_MAX = 5;

  static final int CAPACITY = 1024;

  private static final int WORDS = 8;
  private static final int TEMPLATE = 0;
  private static final int ASSET = 1;
  private static final int FROM = 2;
  private static final int APPROVALS = 3;
  private static final int ROLES = 4;

  private final RecordStore store;
  private final Core core;
  private final SetApprovalRuleDecoder set = new SetApprovalRuleDecoder();
  private final ApprovalRuleChangedEncoder changed = new ApprovalRuleChangedEncoder();

  ApprovalRules(final StateSpace space, final Core core) {
    store = space.add("engine.approval-rules", WORDS, CAPACITY);
    this.core = core;
  }

  CommandKind kind() {
    return new CommandKind(
            SetApprovalRuleDecoder.TEMPLATE_ID, SetApprovalRuleDecoder.BLOCK_LENGTH, this)
        .once()
        .signed(Operators.PLATFORM)
        .compare(
            Field.OTHER,
            SetApprovalRuleDecoder.ruledTemplateEncodingOffset(),
            SetApprovalRuleDecoder.BLOCK_LENGTH
                - SetApprovalRuleDecoder.ruledTemplateEncodingOffset())
        .governed(
            Governed.of(
                Governed.Concern.RULE, SetApprovalRuleDecoder.ruledTemplateEncodingOffset(), 2));
  }

  /** The strictest rule for a command, or 0. */
  int find(final Command command) {
    final Governed governed = command.kind.governed();
    final long asset = Integer.toUnsignedLong(governed.asset(command));
    final long amount = governed.amount(command);
    int strictest = 0;
    for (int rule = 1; rule <= store.highWater(); rule++) {
      // A rule that was taken away has no approvals.
      if (store.get(rule, APPROVALS) > approvals(strictest)
          && (isFor(rule, command.template, asset, amount) || guards(rule, governed, command))) {
        strictest = rule;
      }
    }
    return strictest;
  }

  private boolean isFor(final int rule, final int template, final long asset, final long amount) {
    return store.get(rule, TEMPLATE) == template
        && (store.get(rule, ASSET) == 0 || store.get(rule, ASSET) == asset)
        && store.get(rule, FROM) <= amount;
  }

  /** Whether the change touches what makes this rule worth something. */
  private boolean guards(final int rule, final Governed governed, final Command change) {
    return governed.is(Governed.Concern.OPERATOR)
        || (governed.is(Governed.Concern.RULE) && store.get(rule, TEMPLATE) == governed.id(change));
  }

  /** How many others must approve; 0 without a rule. */
  int approvals(final int rule) {
    return rule == 0 ? 0 : (int) store.get(rule, APPROVALS);
  }

  /** Who may approve; approvers without a rule. */
  int roles(final int rule) {
    return rule == 0 ? Operators.APPROVER : (int) store.get(rule, ROLES);
  }

  @Override
  public Code apply(final Command command) {
    set.wrap(command.buffer, command.block, SetApprovalRuleDecoder.BLOCK_LENGTH, 1);
    final int roles = command.shortAt(command.block + SetApprovalRuleDecoder.rolesEncodingOffset());
    int rule = same();
    if (rule == 0 && store.isFull()) {
      return Code.CAPACITY;
    }
    if (!isValid(roles) || (rule == 0 && set.approvals() == 0)) {
      return Code.CONFIG_INVALID;
    }
    if (set.approvals() == 0) {
      store.release(rule);
    } else {
      if (rule == 0) {
        rule = store.allocate();
      }
      store.set(rule, TEMPLATE, set.ruledTemplate());
      store.set(rule, ASSET, set.asset());
      store.set(rule, FROM, set.fromAmount());
      store.set(rule, APPROVALS, set.approvals());
      store.set(rule, ROLES, roles);
    }
    put();
    return Code.OK;
  }

  /**
   * A rule that nobody could satisfy locks everybody out; one that never matches guards nothing.
   */
  private boolean isValid(final int roles) {
    final CommandKind kind = core.kind(set.ruledTemplate());
    return kind != null
        && kind.governed() != null
        && set.approvals() <= APPROVALS_MAX
        && set.fromAmount() >= 0
        && (set.fromAmount() == 0 || kind.governed().hasAmount())
        && (set.asset() == 0 || kind.governed().hasAsset())
        && (roles & ~Operators.ALL_ROLES) == 0
        && (set.approvals() == 0
            // Before there are operators, the rules come first.
            || core.operators.count(Operators.ALL_ROLES) == 0
            || core.operators.canApprove(kind.roles(), roles, set.approvals()));
  }

  /** Whether every rule can be satisfied by the operators there are. */
  boolean canBeSatisfied() {
    for (int rule = 1; rule <= store.highWater(); rule++) {
      if (store.get(rule, APPROVALS) != 0
          && !core.operators.canApprove(
              core.kind((int) store.get(rule, TEMPLATE)).roles(), roles(rule), approvals(rule))) {
        return false;
      }
    }
    return true;
  }

  private int same() {
    for (int rule = 1; rule <= store.highWater(); rule++) {
      if (store.get(rule, APPROVALS) != 0
          && store.get(rule, TEMPLATE) == set.ruledTemplate()
          && store.get(rule, ASSET) == set.asset()
          && store.get(rule, FROM) == set.fromAmount()) {
        return rule;
      }
    }
    return 0;
  }

  private void put() {
    final Feed feed = core.feed;
    changed.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(changed.at());
    changed
        .ruledTemplate(set.ruledTemplate())
        .approvals(set.approvals())
        .reserved((short) 0)
        .asset(set.asset())
        .fromAmount(set.fromAmount());
    feed.buffer()
        .putShort(
            changed.offset() + ApprovalRuleChangedEncoder.rolesEncodingOffset(),
            (short) set.roles().getRaw(),
            ApprovalRuleChangedEncoder.BYTE_ORDER);
    feed.commit(changed.encodedLength());
  }
}
