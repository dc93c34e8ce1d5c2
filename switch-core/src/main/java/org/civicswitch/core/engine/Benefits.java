package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.memory.BlobStore;

/**
 * Programmes, envelopes with their lines, vouchers, people and aliases: the stores and who works on
 * them. Built by {@link Core}; the order of the stores is their order in a snapshot.
 */
final class Benefits {
  final Programmes programmes;
  final Cycles cycles;
  final Envelopes envelopes;
  final Lines lines;
  final Entitlements entitlements;
  final LineDetails details;
  final Vouchers vouchers;
  final Merchants merchants;
  final UsedVerdicts usedVerdicts;
  final RecordHash hash = new RecordHash();
  final Changes changes;
  final ProgrammeFunds funds;
  final SubjectLines waiting;
  final ProgrammeCommands programmeCommands;
  final EnvelopeCommands envelopeCommands;
  final VoucherLife voucherLife;
  private final BlobStore blobs;
  private final Settings settings;

  Benefits(final Core core) {
    settings = core.settings;
    programmes = new Programmes(core.space);
    cycles = new Cycles(core.space);
    envelopes = new Envelopes(core.space);
    lines =
        new Lines(
            core.space,
            envelopes,
            core.identity.subjects(),
            settings.count(Parameter.CAPACITY_LINES));
    entitlements = new Entitlements(core.space, cycles, settings.count(Parameter.CAPACITY_LINES));
    blobs =
        new BlobStore(
            core.space, "engine.details", settings.count(Parameter.CAPACITY_PAYLOAD_BLOCKS));
    details = new LineDetails(blobs);
    vouchers = new Vouchers(core.space, settings.count(Parameter.CAPACITY_VOUCHERS));
    merchants = new Merchants(core.space, core);
    usedVerdicts =
        new UsedVerdicts(core.space, settings, settings.count(Parameter.CAPACITY_VOUCHERS));
    changes = new Changes(core, programmes, cycles, envelopes);
    funds = new ProgrammeFunds(core, programmes, changes);
    changes.funds(funds);
    waiting = new SubjectLines(core, programmes, envelopes, lines, changes);
    programmeCommands = new ProgrammeCommands(core, programmes, funds, changes);
    envelopeCommands =
        new EnvelopeCommands(
            core, programmes, cycles, envelopes, programmeCommands, funds, hash, changes);
    voucherLife = new VoucherLife(core, programmes, vouchers, funds);
    define(core);
  }

  private void define(final Core core) {
    programmeCommands.define();
    envelopeCommands.define();
    core.define(new AddDisbursements(core, this).kind());
    final CycleCommands cycleCommands = new CycleCommands(core, this);
    core.define(cycleCommands.kind());
    core.define(merchants.kind());
    new VoucherCommands(core, this).define();
    new SubjectCommands(core, waiting).define();
    new AliasCommands(core, usedVerdicts).define();
    new BenefitsQueries(core, this).define();
    core.payments.lines(new LineOutcomes(core, this));
    core.define(voucherLife);
    core.define(usedVerdicts);
    core.define(new Disbursing(core, this));
    core.define(cycleCommands);
    core.define(changes);
  }

  /** The line failed: what it had taken, if its cycle is not closed, can be paid by another. */
  void freeEntitlement(final int line) {
    if (lines.taken(line) != 0) {
      free(lines.taken(line));
    }
  }

  /** Frees what is taken, also of a line that lives on or is forgotten. */
  void free(final int taken) {
    if (entitlements.line(taken) != 0) {
      lines.taken(entitlements.line(taken), 0);
    }
    entitlements.free(taken);
  }

  void applyCapacities() {
    lines.records().capacity(settings.count(Parameter.CAPACITY_LINES));
    entitlements.records().capacity(settings.count(Parameter.CAPACITY_LINES));
    blobs.records().capacity(settings.count(Parameter.CAPACITY_PAYLOAD_BLOCKS));
    vouchers.records().capacity(settings.count(Parameter.CAPACITY_VOUCHERS));
    usedVerdicts.records().capacity(settings.count(Parameter.CAPACITY_VOUCHERS));
  }

  void seed(final long seed) {
    envelopes.seed(seed);
    entitlements.seed(seed);
    vouchers.seed(seed);
    usedVerdicts.seed(seed);
  }

  boolean isUnseeded() {
    return envelopes.records().size() == 0
        && entitlements.size() == 0
        && vouchers.records().size() == 0
        && usedVerdicts.records().size() == 0;
  }

  void rebuild() {
    programmes.rebuild();
    cycles.rebuild();
    envelopes.rebuild();
    entitlements.rebuild();
    vouchers.rebuild();
    merchants.rebuild();
    usedVerdicts.rebuild();
  }
}
