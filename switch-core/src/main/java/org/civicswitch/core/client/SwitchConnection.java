package org.civicswitch.core.client;

import org.civicswitch.core.feed.FeedReader;

/** What a gateway is given: ways in and ways out. Safe for use by many threads. */
public interface SwitchConnection extends AutoCloseable {
  /** A new client; each of a gateway's event loops has its own. */
  SwitchClient newClient();

  /** A new reader that begins at this feed sequence (1 is the first there ever was). */
  FeedReader feedFrom(long feedSequence);

  @Override
  void close();
}
