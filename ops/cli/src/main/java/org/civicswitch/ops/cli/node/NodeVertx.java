package org.civicswitch.ops.cli.node;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** How every process here makes its Vert.x. */
public final class NodeVertx {
  private NodeVertx() {}

  /**
   * One that serves no files, and so neither leaves a cache directory behind when it is killed nor
   * fails to register that cache's end when a signal has come already.
   */
  public static Vertx create() {
    return Vertx.vertx(
        new VertxOptions()
            .setPreferNativeTransport(false)
            .setFileSystemOptions(new FileSystemOptions().setClassPathResolvingEnabled(false)));
  }
}
