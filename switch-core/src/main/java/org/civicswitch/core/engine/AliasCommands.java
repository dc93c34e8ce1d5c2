package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.AliasChangedEncoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.LinkAliasDecoder;
import org.civicswitch.core.protocol.UnlinkAliasDecoder;
import org.civicswitch.core.protocol.VerdictDecoder;
import org.civicswitch.identity.Aliases;
import org.civicswitch.identity.SubjectStatus;
import org.civicswitch.identity.Token;

/**
 * The directory: linking an alias at a bank, moving it to another, taking it away. Each takes a
 * transactional verdict, which counts once.
 */
final class AliasCommands {
  private final Core core;
  private final Aliases aliases;
  private final UsedVerdicts usedVerdicts;
  private final LinkAliasDecoder link = new LinkAliasDecoder();
  private final UnlinkAliasDecoder unlink = new UnlinkAliasDecoder();
  private final AliasChangedEncoder changed = new AliasChangedEncoder();
  private final Precedence refusal = new Precedence();
  private final Token alias = new Token();
  private final Token owner = new Token();

  AliasCommands(final Core core, final UsedVerdicts usedVerdicts) {
    this.core = core;
    aliases = core.identity.aliases();
    this.usedVerdicts = usedVerdicts;
  }

  void define() {
    core.define(
        new CommandKind(LinkAliasDecoder.TEMPLATE_ID, LinkAliasDecoder.BLOCK_LENGTH, this::link)
            .once()
            .data()
            .compare(Field.ALIAS, LinkAliasDecoder.aliasEncodingOffset(), 68)
            .compare(
                Field.VERDICT,
                LinkAliasDecoder.verdictEncodingOffset(),
                VerdictDecoder.ENCODED_LENGTH));
    core.define(
        new CommandKind(
                UnlinkAliasDecoder.TEMPLATE_ID, UnlinkAliasDecoder.BLOCK_LENGTH, this::unlink)
            .once()
            .compare(Field.ALIAS, UnlinkAliasDecoder.aliasEncodingOffset(), 64)
            .compare(
                Field.VERDICT,
                UnlinkAliasDecoder.verdictEncodingOffset(),
                VerdictDecoder.ENCODED_LENGTH));
  }

  private Code link(final Command command) {
    link.wrap(command.buffer, command.block, LinkAliasDecoder.BLOCK_LENGTH, 1);
    SubjectCommands.read(command, command.block + LinkAliasDecoder.aliasEncodingOffset(), alias);
    SubjectCommands.read(command, command.block + LinkAliasDecoder.ownerEncodingOffset(), owner);
    final int participant = (int) link.atParticipant();
    final int handle = core.participants.find(participant);
    final int subject = core.identity.subjects().find(owner);
    refusal
        .begin()
        .when(command.participant != participant, Code.CONNECTION_NOT_GRANTED)
        .when(handle == 0, Code.PARTICIPANT_UNKNOWN)
        .when(handle != 0 && !core.participants.isActive(handle), Code.PARTICIPANT_NOT_ACTIVE)
        .when(
            subject != 0 && core.identity.subjects().status(subject) != SubjectStatus.ACTIVE,
            Code.SUBJECT_NOT_ACTIVE)
        .add(Precedence.of(aliases.checkLink(alias, owner, participant)));
    usedVerdicts.check(link.verdict(), command.timeMs, refusal);
    if (!refusal.isOk()) {
      return refusal.code();
    }
    usedVerdicts.use(link.verdict(), command.sequence);
    aliases.link(alias, owner, participant, 0);
    say(command, aliases.find(alias), command.dataAt, command.dataLength);
    return Code.OK;
  }

  /** By the owner, who proves it with a verdict, or by the bank it is at. */
  private Code unlink(final Command command) {
    unlink.wrap(command.buffer, command.block, UnlinkAliasDecoder.BLOCK_LENGTH, 1);
    SubjectCommands.read(command, command.block + UnlinkAliasDecoder.aliasEncodingOffset(), alias);
    SubjectCommands.read(command, command.block + UnlinkAliasDecoder.ownerEncodingOffset(), owner);
    final int handle = aliases.find(alias);
    final boolean byOwner = unlink.verdict().kind() != VerdictKinds.NONE;
    refusal.begin();
    if (byOwner) {
      usedVerdicts.check(unlink.verdict(), command.timeMs, refusal);
      refusal.add(Precedence.of(aliases.checkUnlinkByOwner(handle, owner)));
    } else {
      refusal.add(Precedence.of(aliases.checkUnlinkByParticipant(handle, command.participant)));
    }
    if (!refusal.isOk()) {
      return refusal.code();
    }
    if (byOwner) {
      usedVerdicts.use(unlink.verdict(), command.sequence);
      aliases.unlinkByOwner(handle, owner);
    } else {
      aliases.unlinkByParticipant(handle, command.participant);
    }
    say(command, handle, command.block, 0);
    return Code.OK;
  }

  private void say(
      final Command command, final int handle, final int payloadAt, final int payloadLength) {
    final Feed feed = core.feed;
    changed.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(changed.at());
    changed.alias().a(alias.a()).b(alias.b()).c(alias.c()).d(alias.d());
    aliases.owner(handle, owner);
    changed.owner().a(owner.a()).b(owner.b()).c(owner.c()).d(owner.d());
    changed
        .atParticipant(Integer.toUnsignedLong(aliases.participant(handle)))
        .mappingVersion(aliases.version(handle));
    changed.putPayload(command.buffer, payloadAt, payloadLength);
    feed.commit(changed.encodedLength());
    core.answer.value = aliases.version(handle);
  }
}
