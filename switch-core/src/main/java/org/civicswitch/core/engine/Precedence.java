package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.identity.IdentityResult;

/**
 * Collects what speaks against an instruction; of all that applies the first in the order of {@link
 * Code} is given. So a handler may look in whatever order is convenient. Reused.
 */
final class Precedence {
  private Code first = Code.OK;

  Precedence begin() {
    first = Code.OK;
    return this;
  }

  Precedence add(final Code code) {
    if (code != Code.OK && (first == Code.OK || code.value() < first.value())) {
      first = code;
    }
    return this;
  }

  Precedence when(final boolean applies, final Code code) {
    return applies ? add(code) : this;
  }

  Code code() {
    return first;
  }

  boolean isOk() {
    return first == Code.OK;
  }

  /** What the look-up answers, in the engine's words. */
  static Code of(final int identityResult) {
    switch (identityResult) {
      case IdentityResult.OK:
        return Code.OK;
      case IdentityResult.CAPACITY:
        return Code.CAPACITY;
      case IdentityResult.SUBJECT_UNKNOWN:
        return Code.SUBJECT_UNKNOWN;
      case IdentityResult.SUBJECT_EXISTS:
        return Code.SUBJECT_EXISTS;
      case IdentityResult.PAIRWISE_TAKEN:
      case IdentityResult.MAPPING_CONFLICT:
        return Code.VERDICT_BINDING;
      case IdentityResult.SUBJECT_NOT_ACTIVE:
        return Code.SUBJECT_NOT_ACTIVE;
      case IdentityResult.VERDICT_MISSING:
        return Code.VERDICT_MISSING;
      case IdentityResult.VERDICT_EXPIRED:
        return Code.VERDICT_EXPIRED;
      case IdentityResult.VERDICT_ASSURANCE_LOW:
        return Code.VERDICT_ASSURANCE_LOW;
      case IdentityResult.ALIAS_UNKNOWN:
        return Code.ALIAS_UNKNOWN;
      case IdentityResult.ALIAS_OWNER_CHANGED:
        return Code.ALIAS_OWNER_CHANGED;
      case IdentityResult.ALIAS_VERSION_AHEAD:
        return Code.ALIAS_VERSION_AHEAD;
      case IdentityResult.ALIAS_EXISTS:
        return Code.ALIAS_EXISTS;
      case IdentityResult.LIFE_EVENT_UNKNOWN:
        return Code.LIFE_EVENT_UNKNOWN;
      case IdentityResult.LIFE_EVENT_EXISTS:
        return Code.LIFE_EVENT_EXISTS;
      case IdentityResult.ARGUMENT_INVALID:
        return Code.IDENTITY_INVALID;
      default:
        throw new IllegalStateException("not an answer: " + IdentityResult.name(identityResult));
    }
  }
}
