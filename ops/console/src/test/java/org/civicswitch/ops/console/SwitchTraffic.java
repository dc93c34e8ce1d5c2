package org.civicswitch.ops.console;

import java.util.concurrent.atomic.AtomicBoolean;

/** A generator that is a switch. */
record SwitchTraffic(AtomicBoolean on) implements TrafficControl {
  @Override
  public boolean running() {
    return on.get();
  }

  @Override
  public void start() {
    on.set(true);
  }

  @Override
  public void stop() {
    on.set(false);
  }

  @Override
  public String description() {
    return "made-up payments";
  }
}
