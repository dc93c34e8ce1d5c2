package org.civicswitch.ops.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.zip.GZIPOutputStream;

/**
 * Everything a page loads, from this process and nowhere else; read once, compressed once. The
 * version in their addresses is a hash over all of them, so that they may be kept for ever.
 */
final class Assets {
  private final Map<String, Asset> byName = new LinkedHashMap<>();
  private final String version;

  Assets() {
    web("htmx.js", "htmx.org", "dist/htmx.min.js", "text/javascript");
    web("sse.js", "htmx-ext-sse", "sse.js", "text/javascript");
    web("uplot.js", "uplot", "dist/uPlot.iife.min.js", "text/javascript");
    web("uplot.css", "uplot", "dist/uPlot.min.css", "text/css");
    web("pico.css", "picocss__pico", "css/pico.min.css", "text/css");
    own("console.css", "text/css");
    own("public.css", "text/css");
    own("console.js", "text/javascript");
    own("charts.js", "text/javascript");
    own("mark.svg", "image/svg+xml");
    version = hash();
  }

  /** Null when there is none of this name. */
  Asset get(final String name) {
    return byName.get(name);
  }

  String version() {
    return version;
  }

  private void own(final String name, final String type) {
    add(name, "/org/civicswitch/ops/console/assets/" + name, type);
  }

  private void web(final String name, final String artifact, final String path, final String type) {
    final Properties properties = new Properties();
    try {
      properties.load(
          new java.io.ByteArrayInputStream(
              read("/META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties")));
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    add(
        name,
        "/META-INF/resources/webjars/"
            + artifact
            + "/"
            + properties.getProperty("version")
            + "/"
            + path,
        type);
  }

  private void add(final String name, final String resource, final String type) {
    final byte[] bytes = read(resource);
    byName.put(name, new Asset(bytes, gzip(bytes), type + "; charset=utf-8"));
  }

  private static byte[] read(final String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing from the build: " + resource);
      }
      return in.readAllBytes();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] gzip(final byte[] bytes) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private String hash() {
    try {
      final MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byName.values().forEach(asset -> digest.update(asset.bytes));
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One file, as it is and compressed. */
  static final class Asset {
    final byte[] bytes;
    final byte[] gzip;
    final String type;

    Asset(final byte[] bytes, final byte[] gzip, final String type) {
      this.bytes = bytes;
      this.gzip = gzip;
      this.type = type;
    }
  }
}
