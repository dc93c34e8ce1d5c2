package org.civicswitch.core.engine;

import java.lang.reflect.Field;
import org.civicswitch.memory.DeadlineQueue;

/** Takes a timer away that an engine should have, as if its snapshot had not brought it back. */
public final class LostTimer {
  private LostTimer() {}

  /** The next payment to expire never will. */
  public static void in(final SwitchEngine engine) {
    try {
      final Field timers = Payments.class.getDeclaredField("timers");
      timers.setAccessible(true);
      final DeadlineQueue queue = (DeadlineQueue) timers.get(engine.core().payments);
      queue.remove(queue.peek());
    } catch (final ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
