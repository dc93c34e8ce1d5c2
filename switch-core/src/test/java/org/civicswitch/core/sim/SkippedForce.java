package org.civicswitch.core.sim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.civicswitch.core.storage.Storage;

/** Says now and then that something is durable without having made it so. */
final class SkippedForce implements Storage {
  private static final int ONE_IN = 10;

  private final Storage storage;
  private int forces;

  SkippedForce(final Storage storage) {
    this.storage = storage;
  }

  @Override
  public List<String> list() throws IOException {
    return storage.list();
  }

  @Override
  public StoredFile open(final String name) throws IOException {
    return new SkippingFile(storage.open(name));
  }

  @Override
  public void rename(final String from, final String to) throws IOException {
    storage.rename(from, to);
  }

  @Override
  public void delete(final String name) throws IOException {
    storage.delete(name);
  }

  @Override
  public void forceDirectory() throws IOException {
    storage.forceDirectory();
  }

  @Override
  public long usableBytes() throws IOException {
    return storage.usableBytes();
  }

  private final class SkippingFile implements StoredFile {
    private final StoredFile file;

    SkippingFile(final StoredFile file) {
      this.file = file;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void write(final ByteBuffer source, final long position) throws IOException {
      file.write(source, position);
    }

    @Override
    public int read(final ByteBuffer target, final long position) throws IOException {
      return file.read(target, position);
    }

    @Override
    public void force() throws IOException {
      if (++forces % ONE_IN != 0) {
        file.force();
      }
    }

    @Override
    public void truncate(final long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
