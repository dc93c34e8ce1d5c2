package org.civicswitch.core.client;

import io.aeron.Aeron;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.LangUtil;
import org.agrona.concurrent.Agent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a process connected: finds the switch, notices when it has gone or come again, and opens
 * the session of every client anew. Its thread is also Aeron's conductor here.
 */
final class IpcClientAgent implements Agent {
  private static final Logger LOG = LoggerFactory.getLogger(IpcClientAgent.class);
  private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long DRIVER_TIMEOUT_MS = 5_000;

  private final Path data;
  private final List<IpcSwitchClient> clients;
  private IpcAddress address;
  private Aeron aeron;
  private long nextLookNs = System.nanoTime();
  private boolean complained;

  IpcClientAgent(final Path data, final List<IpcSwitchClient> clients) {
    this.data = data;
    this.clients = clients;
  }

  @Override
  public String roleName() {
    return "civicswitch-ipc-client";
  }

  @Override
  public int doWork() throws IOException {
    final long nowNs = System.nanoTime();
    if (nowNs - nextLookNs >= 0) {
      nextLookNs = nowNs + LOOK_INTERVAL_NS;
      look();
    }
    if (aeron == null) {
      return 0;
    }
    int work = aeron.conductorAgentInvoker().invoke();
    if (aeron.isClosed()) {
      onClose();
      return 1;
    }
    for (final IpcSwitchClient client : clients) {
      work += client.maintain(aeron, nowNs);
    }
    clients.removeIf(IpcSwitchClient::hasEnded);
    return work;
  }

  private void look() throws IOException {
    final IpcAddress now = IpcAddress.read(data);
    if (aeron != null && !address.equals(now)) {
      onClose();
    }
    if (aeron != null || now == null) {
      return;
    }
    if (now.protocol() != IpcFrame.PROTOCOL) {
      if (!complained) {
        complained = true;
        LOG.error(
            "the switch speaks protocol {}, this process {}: both must be of one version",
            now.protocol(),
            IpcFrame.PROTOCOL);
      }
      return;
    }
    complained = false;
    aeron =
        Aeron.connect(
            new Aeron.Context()
                .aeronDirectoryName(now.aeron().toString())
                .useConductorAgentInvoker(true)
                .driverTimeoutMs(DRIVER_TIMEOUT_MS)
                // An outcome handler's exception belongs to whoever polls.
                .subscriberErrorHandler(LangUtil::rethrowUnchecked)
                .errorHandler(error -> LOG.warn("aeron", error)));
    address = now;
  }

  @Override
  public void onClose() {
    clients.forEach(IpcSwitchClient::disconnect);
    CloseHelper.quietClose(aeron);
    aeron = null;
  }
}
