package org.civicswitch.core.client;

import io.aeron.Aeron;
import io.aeron.Image;
import io.aeron.Subscription;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.Agent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries frames between every session and the host; one thread, Aeron's own duties included. */
final class IpcServerAgent implements Agent {
  private static final Logger LOG = LoggerFactory.getLogger(IpcServerAgent.class);

  private final Path directory;
  private final Supplier<SwitchClient> clients;
  private final Int2ObjectHashMap<IpcServerSession> sessions = new Int2ObjectHashMap<>();

  /** Aeron allows nothing in its callbacks that would talk to the driver. */
  private final Queue<Image> arrived = new ArrayDeque<>();

  /** The streams of those that finish or steer; each comes behind its session's first. */
  private final Queue<Image> arrivedPriority = new ArrayDeque<>();

  private Aeron aeron;
  private Subscription ingress;
  private Subscription priority;

  IpcServerAgent(final Path directory, final Supplier<SwitchClient> clients) {
    this.directory = directory;
    this.clients = clients;
    connect();
  }

  @Override
  public String roleName() {
    return "civicswitch-ipc";
  }

  private void connect() {
    aeron =
        Aeron.connect(
            new Aeron.Context()
                .aeronDirectoryName(directory.toString())
                .useConductorAgentInvoker(true)
                .errorHandler(error -> LOG.warn("aeron", error)));
    ingress =
        aeron.addSubscription(IpcFrame.CHANNEL, IpcFrame.INGRESS_STREAM, arrived::add, gone -> {});
    priority =
        aeron.addSubscription(
            IpcFrame.CHANNEL, IpcFrame.PRIORITY_STREAM, arrivedPriority::add, gone -> {});
  }

  @Override
  public int doWork() {
    if (aeron.isClosed()) {
      // This process stood still for so long that the driver gave it up; the clients come again.
      LOG.warn("the switch stood still: every ipc session is opened anew");
      onClose();
      connect();
    }
    int work = aeron.conductorAgentInvoker().invoke();
    for (Image image = arrived.poll(); image != null; image = arrived.poll()) {
      sessions.put(image.sessionId(), new IpcServerSession(aeron, image, client()));
    }
    for (Image image = arrivedPriority.poll(); image != null; image = arrivedPriority.poll()) {
      final IpcServerSession session = sessions.get(image.sessionId());
      if (session != null) {
        session.priority(image);
      }
    }
    for (final Iterator<IpcServerSession> all = sessions.values().iterator(); all.hasNext(); ) {
      final IpcServerSession session = all.next();
      work += doWork(session);
      if (session.isOver()) {
        session.close();
        all.remove();
      }
    }
    return work;
  }

  /** Null when there is none for this session: its hello is answered by a refusal. */
  private SwitchClient client() {
    if (sessions.size() >= IpcServer.SESSIONS_MAX) {
      return null;
    }
    try {
      return clients.get();
    } catch (final IllegalStateException e) {
      LOG.warn("a session is refused: {}", e.getMessage());
      return null;
    }
  }

  /** What one session does to itself must not stop those behind it. */
  private static int doWork(final IpcServerSession session) {
    try {
      return session.doWork();
    } catch (final RuntimeException e) {
      LOG.warn("a session failed: it is closed", e);
      session.end();
      return 1;
    }
  }

  @Override
  public void onClose() {
    sessions.values().forEach(CloseHelper::quietClose);
    sessions.clear();
    arrived.clear();
    arrivedPriority.clear();
    CloseHelper.quietCloseAll(ingress, priority, aeron);
  }
}
