package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.ConfigureDecoder;
import org.civicswitch.core.protocol.ConfiguredEncoder;
import org.civicswitch.core.protocol.Parameter;

/** Carries out Configure: all of its settings or none. */
final class Configuration implements CommandHandler {
  private final Core core;
  private final ConfigureDecoder configure = new ConfigureDecoder();
  private final ConfiguredEncoder configured = new ConfiguredEncoder();

  Configuration(final Core core) {
    this.core = core;
  }

  @Override
  public Code apply(final Command command) {
    configure.wrap(command.buffer, command.block, ConfigureDecoder.BLOCK_LENGTH, 1);
    final int first = command.group + ConfigureDecoder.SettingsDecoder.sbeHeaderSize();
    final int entry = ConfigureDecoder.SettingsDecoder.sbeBlockLength();
    boolean seeds = false;
    for (int i = 0; i < command.count; i++) {
      final int parameter = command.shortAt(first + i * entry);
      if (!Settings.isValid(parameter, command.longAt(first + i * entry + 2))) {
        return Code.CONFIG_INVALID;
      }
      seeds |=
          parameter == Parameter.HASH_SEED_HI.value()
              || parameter == Parameter.HASH_SEED_LO.value();
    }
    // Under another seed nothing would be found again.
    if (seeds && !core.isUnseeded()) {
      return Code.CONFIG_INVALID;
    }
    for (int i = 0; i < command.count; i++) {
      final Parameter parameter = Parameter.get(command.shortAt(first + i * entry));
      final long value = command.longAt(first + i * entry + 2);
      core.settings.set(parameter, value);
      final Feed feed = core.feed;
      configured.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
      feed.stamp(configured.at());
      configured.parameter(parameter).value(value);
      feed.commit(configured.encodedLength());
    }
    core.applyCapacities();
    if (seeds) {
      core.applySeed();
    }
    return Code.OK;
  }
}
