package org.civicswitch.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.identity.IdentityLookup;
import org.civicswitch.ledger.Ledger;
import org.civicswitch.memory.SnapshotSource;
import org.civicswitch.memory.StateSpace;

/**
 * What the parts of the engine share. The order in which they are made is the order of their
 * records in a snapshot.
 */
final class Core {
  final StateSpace space;
  final Scalars scalars;
  final Settings settings;
  final Answer answer;
  final Feed feed;
  final Ledger ledger;
  final RememberedIds remembered;
  final Operators operators;
  final SignedCommands signed;
  final Participants participants;
  final Connections connections;
  final Assets assets;
  final Positions positions;
  final DeferredNet deferred;
  final PaymentBook book;
  final PaymentEvents paymentEvents;
  final Payments payments;
  final References references;
  final Quarantines quarantines;
  final Queries queries;
  final IdentityLookup identity;
  final Identities identities;

  /** In the order in which they are stepped. */
  private final List<DueWork> dueWork = new ArrayList<>();

  private final List<CommandEnd> ends = new ArrayList<>();

  private final CommandKind[] kinds = new CommandKind[128];

  final Benefits benefits;
  final Settlement settlement;
  final ApprovalRules approvalRules;
  final Proposals proposals;

  Core(final Signatures signatures) {
    space = new StateSpace();
    scalars = new Scalars(space);
    settings = new Settings(space);
    answer = new Answer();
    feed = new Feed(scalars);
    ledger =
        new Ledger(
            space,
            settings.count(Parameter.CAPACITY_ACCOUNTS),
            settings.count(Parameter.CAPACITY_PENDING),
            Assets.CAPACITY);
    remembered = new RememberedIds(space, scalars, ledger, settings.count(Parameter.CAPACITY_IDS));
    operators = new Operators(space, scalars, feed, signatures);
    signed = new SignedCommands(operators, signatures);
    participants = new Participants(space, feed);
    connections = new Connections(space, participants, feed);
    assets = new Assets(space, ledger, feed);
    positions =
        new Positions(
            space, ledger, participants, assets, feed, settings.count(Parameter.CAPACITY_ACCOUNTS));
    deferred = new DeferredNet(space, scalars, ledger, positions);
    book = new PaymentBook(space, scalars, settings.count(Parameter.CAPACITY_PAYMENTS));
    paymentEvents = new PaymentEvents(feed, scalars, book);
    payments = new Payments(scalars, settings, ledger, positions, deferred, book, paymentEvents);
    references = new References(space, ledger);
    quarantines = new Quarantines(space, operators, signed);
    queries = new Queries(this);
    identity =
        new IdentityLookup(
            space,
            settings.count(Parameter.CAPACITY_SUBJECTS),
            settings.count(Parameter.CAPACITY_SUBJECTS),
            settings.count(Parameter.CAPACITY_ALIASES));
    identities = new Identities(this);
    new PlatformCommands(this).define();
    define(new SubmitPayments(this).kind());
    define(new ConfirmPayments(this).kind());
    define(new ReturnPayments(this).kind());
    define(new Liquidity(this).kind());
    define(new Deliveries(this).kind());
    define(queries.kind());
    define(quarantines.kind());
    define(payments);
    define(new IdEviction(this));
    benefits = new Benefits(this);
    settlement = new Settlement(this);
    approvalRules = new ApprovalRules(space, this);
    proposals = new Proposals(space, this);
    new ProposalCommands(this).define();
    define(proposals);
  }

  /** Adds a kind of command; each template once. */
  void define(final CommandKind kind) {
    if (kinds[kind.template] != null) {
      throw new IllegalArgumentException("template " + kind.template + " is defined twice");
    }
    kinds[kind.template] = kind;
  }

  void define(final DueWork work) {
    dueWork.add(work);
  }

  void define(final CommandEnd end) {
    ends.add(end);
  }

  /** The kind of a template, or null. */
  CommandKind kind(final int template) {
    return template < kinds.length ? kinds[template] : null;
  }

  void stepDueWork(final long nowMs) {
    for (int i = 0; i < dueWork.size(); i++) {
      dueWork.get(i).step(nowMs);
    }
  }

  void endCommand() {
    for (int i = 0; i < ends.size(); i++) {
      ends.get(i).endCommand();
    }
  }

  long nextDueMs() {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < dueWork.size(); i++) {
      next = Math.min(next, dueWork.get(i).nextDueMs());
    }
    return next;
  }

  /** Gives the stores the capacities that are configured. */
  void applyCapacities() {
    ledger.accounts().capacity(settings.count(Parameter.CAPACITY_ACCOUNTS));
    ledger.pendingCapacity(settings.count(Parameter.CAPACITY_PENDING));
    positions.records().capacity(settings.count(Parameter.CAPACITY_ACCOUNTS));
    remembered.capacity(settings.count(Parameter.CAPACITY_IDS));
    identity.subjects().capacity(settings.count(Parameter.CAPACITY_SUBJECTS));
    identity.lifeEvents().capacity(settings.count(Parameter.CAPACITY_SUBJECTS));
    identity.aliases().capacity(settings.count(Parameter.CAPACITY_ALIASES));
    benefits.applyCapacities();
    book.records().capacity(settings.count(Parameter.CAPACITY_PAYMENTS));
  }

  /** Gives the indexes the seed that is configured; only while they are empty. */
  void applySeed() {
    remembered.seed(settings.get(Parameter.HASH_SEED_HI));
    book.seed(settings.get(Parameter.HASH_SEED_HI));
    identity.seed(settings.get(Parameter.HASH_SEED_HI));
    benefits.seed(settings.get(Parameter.HASH_SEED_HI));
  }

  /** Whether nothing outside people chose is in an index yet, so that a seed can be set. */
  boolean isUnseeded() {
    return remembered.size() == 0
        && book.size() == 0
        && identity.subjects().count() == 0
        && identity.aliases().count() == 0
        && benefits.isUnseeded();
  }

  /**
   * Rebuilds everything derived, after the records were loaded. Each part reads records and writes
   * what is its own; the state hash is derived too, and will be asked for. The largest come first.
   */
  void rebuild(final SnapshotSource source) {
    applySeed();
    source.runAll(
        List.of(
            remembered::rebuild,
            book::rebuild,
            space::stateHash,
            ledger::rebuild,
            positions::rebuild,
            payments::rebuild,
            identity::rebuild,
            benefits::rebuild,
            operators::rebuild,
            participants::rebuild,
            connections::rebuild,
            assets::rebuild,
            references::rebuild,
            deferred::rebuild,
            settlement::rebuild,
            proposals::rebuild));
  }

  /** Puts the present state of a payment into an answer to a repeated instruction. */
  void describePayment(final int payment, final Answer answer) {
    if (book.existedAt(payment, answer.originalSequence)) {
      answer.state = book.state(payment).value();
    }
  }
}
