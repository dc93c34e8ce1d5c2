package org.civicswitch.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.civicswitch.bench.SampleMessages;
import org.civicswitch.gateway.iso20022.message.InboundMessage;
import org.civicswitch.gateway.iso20022.message.MessageReader;
import org.civicswitch.gateway.iso20022.schema.MessageRefused;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reading and checking a pacs.008. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ParseBench {
  @Param({"1", "1000"})
  public int transactions;

  private final MessageReader reader = new MessageReader();
  private byte[] message;

  /** Makes the message. */
  @Setup
  public void make() {
    message = SampleMessages.bulk(transactions);
  }

  /** The whole message. */
  @Benchmark
  public InboundMessage parseAndCheck() throws MessageRefused {
    return reader.read(message);
  }
}
