package org.civicswitch.gateway.iso20022.http;

import java.util.function.LongSupplier;
import org.civicswitch.gateway.kit.client.SwitchGateway;
import org.civicswitch.gateway.kit.keys.Caller;
import org.civicswitch.gateway.kit.keys.KeyService;
import org.civicswitch.gateway.kit.keys.MessageLog;
import org.civicswitch.gateway.kit.keys.PayloadCipher;
import org.civicswitch.gateway.kit.keys.Tokens;

/**
 * What the parts of the gateway share.
 *
 * @param clockMs UTC milliseconds
 */
record GatewayContext(
    SwitchView view,
    SwitchGateway commands,
    KeyService keys,
    Caller caller,
    ThreadLocal<PayloadCipher> ciphers,
    Tokens tokens,
    MessageLog log,
    LongSupplier clockMs) {

  /** The same, with a cipher for each thread. */
  static GatewayContext of(
      SwitchView view,
      SwitchGateway commands,
      KeyService keys,
      Caller caller,
      Tokens tokens,
      MessageLog log,
      LongSupplier clockMs) {
    return new GatewayContext(
        view,
        commands,
        keys,
        caller,
        ThreadLocal.withInitial(() -> new PayloadCipher(keys, caller)),
        tokens,
        log,
        clockMs);
  }

  long nowMs() {
    return clockMs.getAsLong();
  }
}
