package org.civicswitch.ops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.civicswitch.gateway.iso20022.schema.SchemaCompiler;
import org.civicswitch.gateway.iso20022.schema.SchemaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./civicswitch dev compile-schema}. */
@Command(
    name = "compile-schema",
    description = "Compiles an official ISO 20022 XSD into a compact message definition.",
    mixinStandardHelpOptions = true)
final class DevCompileSchemaCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.xsd", description = "The official schema.")
  private Path schema;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "Where to write the definition; default standard output.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(schema) || !Files.isReadable(schema)) {
      throw new IOException("cannot read " + schema);
    }
    final String definition;
    try {
      definition = SchemaCompiler.compile(schema);
    } catch (final SchemaException e) {
      throw new IOException(schema + ": " + e.getMessage(), e);
    }
    if (output != null) {
      Files.writeString(output, definition);
    } else {
      final PrintWriter out = spec.commandLine().getOut();
      out.print(definition);
      out.flush();
    }
    return 0;
  }
}
