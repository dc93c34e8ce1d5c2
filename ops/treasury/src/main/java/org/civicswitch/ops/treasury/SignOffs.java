package org.civicswitch.ops.treasury;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.OwnerOnlyFiles;
import org.civicswitch.gateway.kit.operator.OperatorSignatures;
import org.civicswitch.gateway.kit.operator.OperatorSigner;

/**
 * Sheets that officers signed, a numbered file each, which a person can read and print. Each begins
 * with the hash of the file before it and ends with a signature over all of its text, so nothing
 * can be changed, left out between two others or put in unseen; only that the newest were taken
 * away has to be seen by somebody who kept the last one's number and hash. None goes back behind
 * the sequence of the one before it, so a key that was taken out signs no new one. Files are only
 * ever added. Safe for use by many threads and processes.
 */
public final class SignOffs {
  /** Longest text, in characters. */
  public static final int TEXT_MAX = 256 * 1024;

  private static final String TITLE = "CIVIC SWITCH SIGN-OFF";
  private static final String SUFFIX = ".sign-off";
  private static final String SIGNATURE = "signature: ";
  private static final Pattern FILE = Pattern.compile("([0-9]{6})\\" + SUFFIX);
  private static final Pattern OFFICER =
      Pattern.compile("(?m)^officer: operator ([0-9]{1,9}), key ([0-9a-f]{64})$");
  private static final Pattern SEQUENCE = Pattern.compile("(?m)^log sequence: ([0-9]{1,18})$");

  private final Path directory;

  /**
   * One signed sheet.
   *
   * @param text what was signed
   * @param signature hexadecimal
   * @param hash of the whole file
   */
  public record SignOff(int number, String text, String signature, Digest256 hash) {
    /** The number of the operator who signed it, as the text says; 0 when it does not. */
    public int operator() {
      final Matcher officer = OFFICER.matcher(text);
      return officer.find() ? Integer.parseInt(officer.group(1)) : 0;
    }

    /** The sequence of the log that it is about, as the text says; 0 when it does not. */
    public long sequence() {
      return SignOffs.sequence(text);
    }

    private Digest256 key() {
      final Matcher officer = OFFICER.matcher(text);
      return officer.find() ? Digest256.parse(officer.group(2)) : Digest256.NONE;
    }
  }

  /** Which key an operator had at a sequence of the log. */
  @FunctionalInterface
  public interface Keys {
    Optional<Digest256> key(int operator, long sequence);
  }

  /**
   * @param directory made with the first one
   */
  public SignOffs(final Path directory) {
    this.directory = directory;
  }

  /**
   * In order.
   *
   * @throws IOException if one cannot be read, or is no signed sheet at all
   */
  public List<SignOff> all() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    final List<Path> files;
    try (Stream<Path> found = Files.list(directory)) {
      files =
          found
              .filter(file -> FILE.matcher(file.getFileName().toString()).matches())
              .sorted()
              .toList();
    }
    final List<SignOff> all = new ArrayList<>();
    for (final Path file : files) {
      all.add(read(file));
    }
    return all;
  }

  private static long sequence(final String text) {
    final Matcher sequence = SEQUENCE.matcher(text);
    return sequence.find() ? Long.parseLong(sequence.group(1)) : 0;
  }

  private static SignOff read(final Path file) throws IOException {
    final byte[] bytes = OwnerOnlyFiles.read(file);
    final String whole = new String(bytes, StandardCharsets.UTF_8);
    final int at = whole.lastIndexOf(SIGNATURE);
    if (at < 0 || !whole.endsWith("\n")) {
      throw new IOException(file + " is no signed sheet: its last line is no signature");
    }
    return new SignOff(
        Integer.parseInt(file.getFileName().toString().substring(0, 6)),
        whole.substring(0, at),
        whole.substring(at + SIGNATURE.length()).strip(),
        Digest256.sha256(bytes));
  }

  /** The lines with which the text behind these must begin. */
  public static String head(final List<SignOff> before) {
    final SignOff last = before.isEmpty() ? null : before.get(before.size() - 1);
    return TITLE
        + "\nnumber: "
        + (last == null ? 1 : last.number() + 1)
        + "\nprevious: "
        + (last == null ? "none" : last.hash())
        + "\n";
  }

  /** The line that says who signs; the text must have it. */
  public static String officer(final int operator, final Digest256 key) {
    return "officer: operator " + operator + ", key " + key + "\n";
  }

  /**
   * Signs a text and keeps it, durably.
   *
   * @throws IOException if another one came first, or it cannot be kept; in words
   * @throws IllegalArgumentException if the text does not say what it must
   */
  public SignOff add(final String text, final OperatorSigner signer) throws IOException {
    if (text.length() > TEXT_MAX
        || !text.endsWith("\n")
        || !text.contains("\n" + officer(signer.operator(), signer.publicKey()))) {
      throw new IllegalArgumentException("not a sheet of operator " + signer.operator());
    }
    final List<SignOff> before = all();
    if (!text.startsWith(head(before))) {
      throw new IOException("somebody else has signed off meanwhile: look at the sheet again");
    }
    if (!before.isEmpty() && sequence(text) < before.get(before.size() - 1).sequence()) {
      throw new IllegalArgumentException("a sheet of an earlier state than the one before it");
    }
    OwnerOnlyFiles.directory(directory);
    final String signature = HexFormat.of().formatHex(signer.signText(text));
    final byte[] bytes = (text + SIGNATURE + signature + "\n").getBytes(StandardCharsets.UTF_8);
    final int number = before.isEmpty() ? 1 : before.get(before.size() - 1).number() + 1;
    final Path file = directory.resolve(String.format(Locale.ROOT, "%06d%s", number, SUFFIX));
    if (!OwnerOnlyFiles.create(file, bytes)) {
      throw new IOException("somebody else has signed off meanwhile: look at the sheet again");
    }
    return new SignOff(number, text, signature, Digest256.sha256(bytes));
  }

  /**
   * Checks numbers, links and signatures.
   *
   * @return what is wrong, in words; nothing for a whole chain
   */
  public static List<String> check(final List<SignOff> all, final Keys keys) {
    final List<String> problems = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      final SignOff one = all.get(i);
      final String which = "sign-off " + one.number() + ": ";
      if (one.number() != i + 1) {
        problems.add("sign-off " + (i + 1) + " is missing");
        return problems;
      }
      if (!one.text().startsWith(head(all.subList(0, i)))) {
        problems.add(which + "does not follow the one before it, or that was changed");
      }
      if (i > 0 && one.sequence() < all.get(i - 1).sequence()) {
        problems.add(which + "is of an earlier state than the one before it");
      }
      if (!OperatorSignatures.verifyText(one.text(), bytes(one.signature()), one.key())) {
        problems.add(which + "text and signature do not belong together");
      } else if (!keys.key(one.operator(), one.sequence()).equals(Optional.of(one.key()))) {
        problems.add(
            which
                + "at sequence "
                + one.sequence()
                + " this was not the key of operator "
                + one.operator());
      }
    }
    return problems;
  }

  private static byte[] bytes(final String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (final IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
