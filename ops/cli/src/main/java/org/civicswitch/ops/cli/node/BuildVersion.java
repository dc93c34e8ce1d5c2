package org.civicswitch.ops.cli.node;

import picocli.CommandLine.IVersionProvider;

/** The version from the built jar's manifest, with what people paste into bug reports. */
public final class BuildVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "civicswitch " + version(),
      "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
      System.getProperty("os.name") + " " + System.getProperty("os.version")
    };
  }

  public static String version() {
    final String version = BuildVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
