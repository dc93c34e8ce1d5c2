package org.civicswitch.gateway.kit.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.civicswitch.gateway.kit.Digest256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
  @TempDir Path directory;

  @Test
  void writesOnePersonInOneWay() {
    final String phone = "phone:+36301234567";
    for (final String written :
        new String[] {
          "phone:+36301234567",
          "Phone: +36 30 123 4567",
          "MSISDN:0036-30-123.45.67",
          "tel:+36 (30) 123/4567@yettel",
          "mobile:\u200b+３６301234567"
        }) {
      assertThat(PersonId.parse(written).text()).as(written).isEqualTo(phone);
    }
    assertThat(PersonId.parse(" NID : AB 123 @ Registry ").text()).isEqualTo("nid:ab123@registry");
    assertThat(PersonId.parse("nid:ab123@registry")).hasToString("nid:***");
    for (final String wrong :
        new String[] {
          "", "x", ":x", "x:", "phone:12", "phone:06301234567", "phone:+0630", "n d:", "(:1"
        }) {
      assertThatThrownBy(() -> PersonId.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> PersonId.parse("nid:" + "9".repeat(300)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("999");
  }

  @Test
  void separatesDirectoryFromSubjectsAndVersionsFromEachOther() throws Exception {
    final PersonId id = PersonId.parse("nid:1234@registry");
    final Digest256 subject;
    try (FileKeyService keys = FileKeyService.open(directory.resolve("keys"), "a")) {
      final Caller caller = keys.admit("gateway", Set.of(Caller.Right.TOKENS));
      final Tokens tokens = new Tokens(keys, caller);
      subject = tokens.subject(id);
      assertThat(tokens.alias(id)).isNotEqualTo(subject);
      assertThat(tokens.subject(PersonId.parse("NID:12 34@REGISTRY"))).isEqualTo(subject);
      assertThat(tokens.content(id.text().getBytes(StandardCharsets.UTF_8)))
          .isNotIn(subject, tokens.alias(id));
      assertThat(tokens.id("msgid", "ab")).isNotEqualTo(tokens.id("msgi", "dab"));

      assertThat(keys.rotate(KeyService.TokenKey.SUBJECT)).isEqualTo(2);
      final Tokens rotated = new Tokens(keys, caller);
      assertThat(rotated.subject(id)).isNotEqualTo(subject);
      assertThat(rotated.subject(id, 1)).isEqualTo(subject);
      assertThat(rotated.alias(id)).isEqualTo(tokens.alias(id));
      assertThatThrownBy(() -> rotated.subject(id, 3)).isInstanceOf(KeyRefused.class);
    }
    try (FileKeyService keys = FileKeyService.open(directory.resolve("keys"), "a")) {
      final Tokens tokens = new Tokens(keys, keys.admit("b", Set.of(Caller.Right.TOKENS)));
      assertThat(tokens.subject(id, 1)).as("over a restart").isEqualTo(subject);
    }
    ClearText.assertAbsent(directory, "1234@registry");
  }
}
