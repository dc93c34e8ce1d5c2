package org.civicswitch.ops.treasury;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.operator.OperatorSigner;
import org.civicswitch.ops.treasury.SignOffs.SignOff;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignOffsTest {
  @TempDir private Path parent;
  private Path directory;
  private SignOffs signOffs;
  private final OperatorSigner one = OperatorSigner.generate(1);
  private final OperatorSigner three = OperatorSigner.generate(3);

  @BeforeEach
  void open() {
    directory = parent.resolve("sign-offs");
    signOffs = new SignOffs(directory);
  }

  private SignOff sign(final OperatorSigner signer, final long sequence, final String what)
      throws IOException {
    return signOffs.add(sheet(signer, sequence, what), signer);
  }

  private String sheet(final OperatorSigner signer, final long sequence, final String what)
      throws IOException {
    return SignOffs.head(signOffs.all())
        + SignOffs.officer(signer.operator(), signer.publicKey())
        + "log sequence: "
        + sequence
        + "\n"
        + what
        + "\n";
  }

  private Optional<Digest256> key(final int operator, final long sequence) {
    return sequence < 5
        ? Optional.empty()
        : Optional.of(operator == 1 ? one.publicKey() : three.publicKey());
  }

  private List<String> check() throws IOException {
    return SignOffs.check(signOffs.all(), this::key);
  }

  @Test
  void eachFollowsTheOneBeforeIt() throws Exception {
    assertThat(check()).isEmpty();
    final SignOff first = sign(one, 10, "all is well");
    final SignOff second = sign(three, 20, "one break");
    assertThat(second.text()).contains("number: 2", "previous: " + first.hash());
    assertThat(signOffs.all()).containsExactly(first, second);
    assertThat(signOffs.all()).extracting(SignOff::operator).containsExactly(1, 3);
    assertThat(signOffs.all()).extracting(SignOff::sequence).containsExactly(10L, 20L);
    assertThat(check()).isEmpty();
  }

  @Test
  void whatWasChangedIsFound() throws Exception {
    sign(one, 10, "all is well");
    sign(one, 20, "again");
    final Path file = directory.resolve("000001.sign-off");
    Files.writeString(file, Files.readString(file).replace("all is well", "all is ill"));
    assertThat(check())
        .containsExactly(
            "sign-off 1: text and signature do not belong together",
            "sign-off 2: does not follow the one before it, or that was changed");
    Files.delete(file);
    assertThat(check()).containsExactly("sign-off 1 is missing");
  }

  @Test
  void aKeyThatWasNotTheOperatorsIsFound() throws Exception {
    sign(one, 4, "before it was registered");
    sign(OperatorSigner.generate(3), 20, "another key");
    assertThat(check())
        .containsExactly(
            "sign-off 1: at sequence 4 this was not the key of operator 1",
            "sign-off 2: at sequence 20 this was not the key of operator 3");
  }

  @Test
  void noneGoesBackBehindTheOneBeforeIt() throws Exception {
    sign(one, 20, "a");
    assertThatThrownBy(() -> sign(one, 19, "b"))
        .hasMessage("a sheet of an earlier state than the one before it");
    final List<SignOff> all = new java.util.ArrayList<>(signOffs.all());
    final String text = sheet(one, 19, "b");
    all.add(
        new SignOff(
            2,
            text,
            java.util.HexFormat.of().formatHex(one.signText(text)),
            Digest256.sha256(new byte[0])));
    assertThat(SignOffs.check(all, this::key))
        .containsExactly("sign-off 2: is of an earlier state than the one before it");
  }

  @Test
  void onlyTheNextSheetIsSigned() throws Exception {
    final String sheet = sheet(one, 10, "a");
    assertThatThrownBy(() -> signOffs.add(sheet, three)).hasMessage("not a sheet of operator 3");
    signOffs.add(sheet, one);
    assertThatThrownBy(() -> signOffs.add(sheet, one))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("somebody else has signed off meanwhile");
  }

  @Test
  void aFileWithoutSignatureIsSaid() throws Exception {
    sign(one, 10, "a");
    final Path file = directory.resolve("000001.sign-off");
    Files.writeString(file, "nothing\n");
    assertThatThrownBy(signOffs::all)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("000001.sign-off is no signed sheet");
  }
}
