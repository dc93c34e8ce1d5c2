package org.civicswitch.core.engine;

import org.civicswitch.core.engine.Governed.Concern;
import org.civicswitch.core.protocol.ActivateVersionDecoder;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.ConfigureDecoder;
import org.civicswitch.core.protocol.DefineAssetDecoder;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.GrantConnectionDecoder;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.PulseDecoder;
import org.civicswitch.core.protocol.RegisterConnectionDecoder;
import org.civicswitch.core.protocol.RegisterOperatorDecoder;
import org.civicswitch.core.protocol.RegisterParticipantDecoder;
import org.civicswitch.core.protocol.SetParticipantLimitDecoder;
import org.civicswitch.core.protocol.SetParticipantStatusDecoder;

/** The kinds of command by which people run the platform, with the smallest of their handlers. */
final class PlatformCommands {
  private final Core core;
  private final Configuration configuration;
  private final ActivateVersionDecoder activate = new ActivateVersionDecoder();

  PlatformCommands(final Core core) {
    this.core = core;
    configuration = new Configuration(core);
  }

  void define() {
    core.define(
        new CommandKind(PulseDecoder.TEMPLATE_ID, PulseDecoder.BLOCK_LENGTH, command -> Code.OK)
            .hostMaySend());
    core.define(
        new CommandKind(ConfigureDecoder.TEMPLATE_ID, ConfigureDecoder.BLOCK_LENGTH, configuration)
            .once()
            .signed(Operators.PLATFORM)
            .group(ConfigureDecoder.SettingsDecoder.sbeBlockLength(), Settings.count())
            .governed(Governed.platform()));
    core.define(
        new CommandKind(
                ActivateVersionDecoder.TEMPLATE_ID,
                ActivateVersionDecoder.BLOCK_LENGTH,
                this::activateVersion)
            .once()
            .signed(Operators.PLATFORM)
            .compare(Field.OTHER, ActivateVersionDecoder.activeVersionEncodingOffset(), 4)
            .governed(Governed.platform()));
    core.define(
        new CommandKind(
                RegisterOperatorDecoder.TEMPLATE_ID,
                RegisterOperatorDecoder.BLOCK_LENGTH,
                core.operators)
            .once()
            .signed(Operators.PLATFORM)
            .compare(Field.OTHER, RegisterOperatorDecoder.newOperatorEncodingOffset(), 38)
            .governed(
                Governed.of(
                    Concern.OPERATOR, RegisterOperatorDecoder.newOperatorEncodingOffset(), 4)));
    core.define(new OperatorChanges(core).kind());
    core.define(
        new CommandKind(
                DefineAssetDecoder.TEMPLATE_ID, DefineAssetDecoder.BLOCK_LENGTH, core.assets)
            .once()
            .signed(Operators.PLATFORM)
            .byteMax(DefineAssetDecoder.assetKindEncodingOffset(), AssetKind.REGISTRY_UNIT.value())
            .text(DefineAssetDecoder.codeEncodingOffset(), 16)
            .compare(Field.ASSET, DefineAssetDecoder.assetEncodingOffset(), 28)
            .governed(Governed.of(Concern.ASSET, DefineAssetDecoder.assetEncodingOffset(), 4)));
    participants();
    connections();
  }

  private void participants() {
    core.define(
        new CommandKind(
                RegisterParticipantDecoder.TEMPLATE_ID,
                RegisterParticipantDecoder.BLOCK_LENGTH,
                core.participants::register)
            .once()
            .signed(Operators.PLATFORM)
            .text(RegisterParticipantDecoder.codeEncodingOffset(), 16)
            .text(RegisterParticipantDecoder.nameEncodingOffset(), 32)
            .compare(
                Field.PARTICIPANT, RegisterParticipantDecoder.newParticipantEncodingOffset(), 56)
            .governed(
                Governed.of(
                    Concern.PARTICIPANT,
                    RegisterParticipantDecoder.newParticipantEncodingOffset(),
                    4)));
    core.define(
        new CommandKind(
                SetParticipantStatusDecoder.TEMPLATE_ID,
                SetParticipantStatusDecoder.BLOCK_LENGTH,
                core.participants::setStatus)
            .once()
            .signed(Operators.PLATFORM)
            .byteMax(
                SetParticipantStatusDecoder.statusEncodingOffset(),
                ParticipantStatus.SUSPENDED.value())
            .compare(Field.PARTICIPANT, SetParticipantStatusDecoder.targetEncodingOffset(), 5)
            .governed(
                Governed.of(
                    Concern.PARTICIPANT, SetParticipantStatusDecoder.targetEncodingOffset(), 4)));
    core.define(
        new CommandKind(
                SetParticipantLimitDecoder.TEMPLATE_ID,
                SetParticipantLimitDecoder.BLOCK_LENGTH,
                core.positions)
            .once()
            .signed(Operators.SETTLEMENT)
            .compare(Field.PARTICIPANT, SetParticipantLimitDecoder.targetEncodingOffset(), 4)
            .compare(Field.ASSET, SetParticipantLimitDecoder.assetEncodingOffset(), 4)
            .compare(Field.AMOUNT, SetParticipantLimitDecoder.netDebitCapEncodingOffset(), 16)
            .governed(
                Governed.of(
                        Concern.PARTICIPANT, SetParticipantLimitDecoder.targetEncodingOffset(), 4)
                    .amounts(SetParticipantLimitDecoder.netDebitCapEncodingOffset())
                    .asset(SetParticipantLimitDecoder.assetEncodingOffset())));
  }

  private void connections() {
    core.define(
        new CommandKind(
                RegisterConnectionDecoder.TEMPLATE_ID,
                RegisterConnectionDecoder.BLOCK_LENGTH,
                core.connections::register)
            .once()
            .signed(Operators.PLATFORM)
            .compare(Field.OTHER, RegisterConnectionDecoder.newConnectionEncodingOffset(), 36)
            .governed(
                Governed.of(
                    Concern.CONNECTION,
                    RegisterConnectionDecoder.newConnectionEncodingOffset(),
                    4)));
    core.define(
        new CommandKind(
                GrantConnectionDecoder.TEMPLATE_ID,
                GrantConnectionDecoder.BLOCK_LENGTH,
                core.connections::grant)
            .once()
            .signed(Operators.PLATFORM)
            .compare(Field.PARTICIPANT, GrantConnectionDecoder.forParticipantEncodingOffset(), 4)
            .compare(Field.OTHER, GrantConnectionDecoder.targetEncodingOffset(), 4)
            .compare(Field.OTHER, GrantConnectionDecoder.kindsLowEncodingOffset(), 16)
            .governed(
                Governed.of(Concern.CONNECTION, GrantConnectionDecoder.targetEncodingOffset(), 4)));
  }

  /** There is one version yet; a binary that does not know a version must not go on. */
  private Code activateVersion(final Command command) {
    activate.wrap(command.buffer, command.block, ActivateVersionDecoder.BLOCK_LENGTH, 1);
    return activate.activeVersion() == core.scalars.get(Scalars.VERSION)
        ? Code.OK
        : Code.CONFIG_INVALID;
  }
}
