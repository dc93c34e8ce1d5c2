package org.civicswitch.gateway.iso20022.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.civicswitch.gateway.iso20022.Inputs;
import org.junit.jupiter.api.Test;

class SchemaCompilerTest {
  @Test
  void committedDefinitionsAreWhatTheOfficialSchemasCompileTo() throws IOException {
    Path folder = Inputs.path("iso20022/xsd");
    for (String name : MessageDefinitions.NAMES) {
      assertThat(SchemaCompiler.compile(folder.resolve(name + ".xsd")))
          .as(name)
          .isEqualTo(MessageDefinitions.text(name));
    }
  }

  @Test
  void officialSchemasCompileAndParseOrSayWhyNot() throws IOException {
    List<Path> schemas;
    try (Stream<Path> files = Files.list(Inputs.path("iso20022/xsd"))) {
      schemas = files.filter(file -> file.toString().endsWith(".xsd")).sorted().toList();
    }
    int compiled = 0;
    for (Path schema : schemas) {
      String text;
      try {
        text = SchemaCompiler.compile(schema);
      } catch (SchemaException e) {
        assertThat(e).as(schema.toString()).hasMessageContaining("is not supported");
        continue;
      }
      MessageDefinition definition = MessageDefinition.parse(text);
      assertThat(schema.getFileName().toString()).startsWith(definition.name());
      compiled++;
    }
    assertThat(compiled).as("of " + schemas.size()).isGreaterThan(schemas.size() * 19 / 20);
  }

  @Test
  void constructsThatAreNotUnderstoodAreNamed() {
    String schema =
        """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:x" targetNamespace="urn:x"
            elementFormDefault="qualified">
          <xs:element name="Document" type="A"/>
          <xs:complexType name="A"><xs:all><xs:element name="b" type="B"/></xs:all></xs:complexType>
        </xs:schema>
        """;
    assertThatThrownBy(() -> SchemaCompiler.compile(schema.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("xs:all in A");
  }

  @Test
  void documentTypesInSchemasAreRefused() {
    String schema = "<!DOCTYPE s SYSTEM \"file:///etc/passwd\"><s/>";
    assertThatThrownBy(() -> SchemaCompiler.compile(schema.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(SchemaException.class);
  }
}
