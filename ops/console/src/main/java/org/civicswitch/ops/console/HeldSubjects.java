package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.civicswitch.core.protocol.DigestDecoder;
import org.civicswitch.core.protocol.LifeEventRecordedDecoder;
import org.civicswitch.core.protocol.SubjectChangedDecoder;
import org.civicswitch.core.protocol.SubjectStatus;

/**
 * People whose payments wait: by token only. Who they are is nowhere in this process. A subject
 * that is active again leaves the list.
 */
final class HeldSubjects {
  static final int KEPT = 10_000;

  private final Map<Token, Held> bySubject = new LinkedHashMap<>();

  void on(final SubjectChangedDecoder event) {
    final Token token = Token.of(event.subject());
    final Held before = bySubject.remove(token);
    if (event.status() == SubjectStatus.ACTIVE || event.status() == SubjectStatus.NONE) {
      return;
    }
    put(
        new Held(
            token,
            event.status(),
            before == null ? "" : before.notice(),
            before == null ? 0 : before.lines(),
            event.at().timeMs(),
            event.at().feedSequence()));
  }

  void on(final LifeEventRecordedDecoder event) {
    final Token token = Token.of(event.subject());
    final Held known = bySubject.remove(token);
    final SubjectStatus status =
        switch (event.lifeEvent()) {
          case DEATH -> SubjectStatus.DECEASED;
          case SUSPENSION -> SubjectStatus.SUSPENDED;
          default -> SubjectStatus.ACTIVE;
        };
    if (status == SubjectStatus.ACTIVE) {
      return;
    }
    put(
        new Held(
            token,
            known == null ? status : known.status(),
            event.lifeEvent().name(),
            event.held(),
            event.at().timeMs(),
            event.at().feedSequence()));
  }

  private void put(final Held held) {
    bySubject.put(held.subject(), held);
    if (bySubject.size() > KEPT) {
      final var eldest = bySubject.entrySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  int count() {
    return bySubject.size();
  }

  /** Newest first, at most {@code limit}. */
  List<Held> newest(final int limit) {
    final List<Held> list = new ArrayList<>(bySubject.values());
    Collections.reverse(list);
    return list.subList(0, Math.min(limit, list.size()));
  }

  /** A keyed hash of who it is; the first half is enough to tell people apart. */
  record Token(long a, long b) {
    static Token of(final DigestDecoder digest) {
      return new Token(digest.a(), digest.b());
    }

    @Override
    public String toString() {
      return String.format(java.util.Locale.ROOT, "%016x%016x", a, b);
    }
  }

  /**
   * @param notice the registry's kind of notice, or empty when an officer set the status
   * @param lines live lines that it holds
   */
  record Held(
      Token subject,
      SubjectStatus status,
      String notice,
      long lines,
      long timeMs,
      long feedSequence) {}
}
