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
 * <p>Rules also guard themselves: who would change a rule, or add or change an operator, needs what
 * the strictest rule of all asks, of those whom each of the strictest names. Otherwise fewer could
 * make themselves enough.
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
  private final int[] named = new int[CAPACITY];
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

  /** Whether a command needs others' approval at all. */
  boolean isFor(final Command command) {
    return approvals(command) != 0;
  }

  /** How many others must approve a command; 0 without a rule. */
  int approvals(final Command command) {
    int most = 0;
    for (int rule = 1; rule <= store.highWater(); rule++) {
      // A rule that was taken away has no approvals.
      if (approvals(rule) > most && isFor(rule, command)) {
        most = approvals(rule);
      }
    }
    return most;
  }

  /**
   * Whether an operator may approve a command: with a role that each of the strictest rules for it
   * names; as an approver without a rule. Nobody decides about themselves.
   */
  Code checkApprover(final int operator, final Command command) {
    final Governed governed = command.kind.governed();
    if (governed.is(Governed.Concern.OPERATOR)
        && governed.id(command) == Integer.toUnsignedLong(operator)) {
      return Code.OPERATOR_NOT_INDEPENDENT;
    }
    final int most = approvals(command);
    if (most == 0) {
      return core.operators.check(operator, Operators.APPROVER);
    }
    for (int rule = 1; rule <= store.highWater(); rule++) {
      if (approvals(rule) == most && isFor(rule, command)) {
        final Code code = core.operators.check(operator, roles(rule));
        if (code != Code.OK) {
          return code;
        }
      }
    }
    return Code.OK;
  }

  private boolean isFor(final int rule, final Command command) {
    final Governed governed = command.kind.governed();
    return governed.is(Governed.Concern.OPERATOR)
        || governed.is(Governed.Concern.RULE)
        || (store.get(rule, TEMPLATE) == command.template
            && (store.get(rule, ASSET) == 0
                || store.get(rule, ASSET) == Integer.toUnsignedLong(governed.asset(command)))
            && store.get(rule, FROM) <= governed.amount(command));
  }

  private int approvals(final int rule) {
    return (int) store.get(rule, APPROVALS);
  }

  private int roles(final int rule) {
    return (int) store.get(rule, ROLES);
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
      final boolean added = rule == 0;
      rule = added ? store.allocate() : rule;
      final int approvalsBefore = approvals(rule);
      final int rolesBefore = roles(rule);
      store.set(rule, TEMPLATE, set.ruledTemplate());
      store.set(rule, ASSET, set.asset());
      store.set(rule, FROM, set.fromAmount());
      write(rule, set.approvals(), roles);
      if (!canBeSatisfied(rule) || !canBeChanged()) {
        write(rule, approvalsBefore, rolesBefore);
        if (added) {
          store.release(rule);
        }
        return Code.CONFIG_INVALID;
      }
    }
    put();
    return Code.OK;
  }

  private void write(final int rule, final int approvals, final int roles) {
    store.set(rule, APPROVALS, approvals);
    store.set(rule, ROLES, roles);
  }

  /** Whether it says something: one that never matches guards nothing. */
  private boolean isValid(final int roles) {
    final CommandKind kind = core.kind(set.ruledTemplate());
    return kind != null
        && kind.governed() != null
        && set.approvals() <= APPROVALS_MAX
        && set.fromAmount() >= 0
        && (set.fromAmount() == 0 || kind.governed().hasAmount())
        && (set.asset() == 0 || kind.governed().hasAsset())
        && (roles & ~Operators.ALL_ROLES) == 0;
  }

  /**
   * Whether a change of operators leaves everything possible that was: each rule that could be
   * satisfied, and changing rules and operators. What was impossible before is not its fault.
   *
   * @param operator who would have other roles
   */
  boolean staysPossible(final int operator, final int roles) {
    for (int rule = 1; rule <= store.highWater(); rule++) {
      if (approvals(rule) != 0
          && canBeSatisfied(rule)
          && !core.operators.would(operator, roles, this::canBeSatisfied, rule)) {
        return false;
      }
    }
    return !canBeChanged() || core.operators.would(operator, roles, any -> canBeChanged(), 0);
  }

  private boolean canBeSatisfied(final int rule) {
    named[0] = roles(rule);
    return possible(core.kind((int) store.get(rule, TEMPLATE)).roles(), 1, approvals(rule));
  }

  /** Whether rules and operators can be changed, under the strictest rules there are. */
  private boolean canBeChanged() {
    int most = 0;
    int count = 0;
    for (int rule = 1; rule <= store.highWater(); rule++) {
      if (approvals(rule) > most) {
        most = approvals(rule);
        count = 0;
      }
      if (most != 0 && approvals(rule) == most) {
        named[count++] = roles(rule);
      }
    }
    return possible(Operators.PLATFORM, count, most);
  }

  /** Before there are operators, the rules come first. */
  private boolean possible(final int proposing, final int count, final int approvals) {
    return core.operators.isEmpty()
        || core.operators.canApprove(proposing, named, count, approvals);
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
