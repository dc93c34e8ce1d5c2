package org.civicswitch.core.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.civicswitch.core.storage.Storage;

/** Lets the host's threads share a simulated disk, which is made for one thread. */
final class SharedStorage implements Storage {
  /** While it is set, a force does not return; the disk works on for others. */
  volatile CountDownLatch forceHangs;

  private final Storage storage;

  SharedStorage(final Storage storage) {
    this.storage = storage;
  }

  @Override
  public List<String> list() throws IOException {
    synchronized (storage) {
      return storage.list();
    }
  }

  @Override
  public StoredFile open(final String name) throws IOException {
    synchronized (storage) {
      return new SharedFile(this, storage, storage.open(name));
    }
  }

  @Override
  public void rename(final String from, final String to) throws IOException {
    synchronized (storage) {
      storage.rename(from, to);
    }
  }

  @Override
  public void delete(final String name) throws IOException {
    synchronized (storage) {
      storage.delete(name);
    }
  }

  @Override
  public void forceDirectory() throws IOException {
    synchronized (storage) {
      storage.forceDirectory();
    }
  }

  @Override
  public long usableBytes() throws IOException {
    synchronized (storage) {
      return storage.usableBytes();
    }
  }

  private void hang() {
    final CountDownLatch latch = forceHangs;
    if (latch != null) {
      try {
        latch.await();
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private record SharedFile(SharedStorage owner, Object lock, StoredFile file)
      implements StoredFile {
    @Override
    public long size() throws IOException {
      synchronized (lock) {
        return file.size();
      }
    }

    @Override
    public void write(final ByteBuffer source, final long position) throws IOException {
      synchronized (lock) {
        file.write(source, position);
      }
    }

    @Override
    public int read(final ByteBuffer target, final long position) throws IOException {
      synchronized (lock) {
        return file.read(target, position);
      }
    }

    @Override
    public void force() throws IOException {
      owner.hang();
      synchronized (lock) {
        file.force();
      }
    }

    @Override
    public void truncate(final long size) throws IOException {
      synchronized (lock) {
        file.truncate(size);
      }
    }

    @Override
    public void close() throws IOException {
      synchronized (lock) {
        file.close();
      }
    }
  }
}
