package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.QueryDecoder;

/** Answers one kind of query, by state, value, digest and named values of the answer. */
@FunctionalInterface
interface QueryAnswer {
  /**
   * @param participant who asks; 0 is the platform and may see everything
   */
  Code answer(QueryDecoder query, int participant, Answer answer);
}
