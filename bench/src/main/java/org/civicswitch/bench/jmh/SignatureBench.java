package org.civicswitch.bench.jmh;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What an operator's command costs the engine's thread: its signature checked as the engine does
 * it, and by the platform. Also cold, because between two such commands the compiler forgets.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SingleShotTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SignatureBench {
  private static final int COMMAND_BYTES = 256;
  private static final int KEY_BYTES = 32;

  private final byte[] message = new byte[COMMAND_BYTES];
  private byte[] signature;
  private byte[] rawKey;
  private PublicKey key;
  private Signature platform;

  @Setup
  public void sign() throws GeneralSecurityException {
    final KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    platform = Signature.getInstance("Ed25519");
    platform.initSign(pair.getPrivate());
    platform.update(message);
    signature = platform.sign();
    key = pair.getPublic();
    final byte[] encoded = key.getEncoded();
    rawKey = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    Ed25519.precompute();
  }

  /** As the engine checks. */
  @Benchmark
  public boolean engine() {
    return Ed25519.verify(signature, 0, rawKey, 0, message, 0, message.length);
  }

  @Benchmark
  public boolean platform() throws GeneralSecurityException {
    platform.initVerify(key);
    platform.update(message);
    return platform.verify(signature);
  }
}
