package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.MerchantRegisteredEncoder;
import org.civicswitch.core.protocol.RegisterMerchantDecoder;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/** Where vouchers can be spent: each merchant has a bank and one category. */
final class Merchants implements CommandHandler {
  private static final int WORDS = 4;
  private static final int NUMBER = 0;
  private static final int PARTICIPANT = 1;
  private static final int CATEGORY = 2;
  private static final int CAPACITY = 1 << 22;

  private final RecordStore store;
  private final IdIndex index;
  private final Core core;
  private final RegisterMerchantDecoder register = new RegisterMerchantDecoder();
  private final MerchantRegisteredEncoder registered = new MerchantRegisteredEncoder();
  private final Precedence refusal = new Precedence();

  Merchants(final StateSpace space, final Core core) {
    store = space.add("engine.merchants", WORDS, CAPACITY);
    index = new IdIndex(store, NUMBER, 1);
    this.core = core;
  }

  CommandKind kind() {
    return new CommandKind(
            RegisterMerchantDecoder.TEMPLATE_ID, RegisterMerchantDecoder.BLOCK_LENGTH, this)
        .once()
        .signed(Operators.PROGRAMME | Operators.PLATFORM)
        .compare(Field.OTHER, RegisterMerchantDecoder.merchantEncodingOffset(), 4)
        .compare(Field.PARTICIPANT, RegisterMerchantDecoder.atParticipantEncodingOffset(), 4)
        .compare(Field.OTHER, RegisterMerchantDecoder.categoryEncodingOffset(), 2)
        .governed(
            Governed.of(
                Governed.Concern.MERCHANT, RegisterMerchantDecoder.merchantEncodingOffset(), 4));
  }

  void rebuild() {
    index.rebuild();
  }

  /** The handle of the merchant with this number, or 0. */
  int find(final long number) {
    return index.find(number, 0);
  }

  /** Its bank. */
  int participant(final int merchant) {
    return (int) store.get(merchant, PARTICIPANT);
  }

  /** ISO 18245. */
  int category(final int merchant) {
    return (int) store.get(merchant, CATEGORY);
  }

  @Override
  public Code apply(final Command command) {
    register.wrap(command.buffer, command.block, RegisterMerchantDecoder.BLOCK_LENGTH, 1);
    refusal
        .begin()
        .when(store.isFull(), Code.CAPACITY)
        .when(core.participants.find((int) register.atParticipant()) == 0, Code.PARTICIPANT_UNKNOWN)
        .when(find(register.merchant()) != 0, Code.MERCHANT_EXISTS);
    if (!refusal.isOk()) {
      return refusal.code();
    }
    final int merchant = store.allocate();
    store.set(merchant, NUMBER, register.merchant());
    store.set(merchant, PARTICIPANT, register.atParticipant());
    store.set(merchant, CATEGORY, register.category());
    index.put(merchant);

    final Feed feed = core.feed;
    registered.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(registered.at());
    registered
        .merchant(register.merchant())
        .atParticipant(register.atParticipant())
        .category(register.category());
    feed.commit(registered.encodedLength());
    return Code.OK;
  }
}
