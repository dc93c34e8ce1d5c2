package org.civicswitch.ops.console;

import java.io.IOException;
import org.civicswitch.gateway.kit.operator.OperatorSigner;

/**
 * Where an operator's key is. Asked for once a signature, for the operator who has signed in and
 * pressed the button, and for nobody else.
 */
@FunctionalInterface
public interface OperatorKeys {
  /**
   * @throws IOException if there is none of this operator, in words for the person who wants to
   *     sign
   */
  OperatorSigner open(int operator) throws IOException;
}
