package org.civicswitch.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.civicswitch.gateway.kit.tls.MutualTls;
import org.civicswitch.ops.cli.demo.FinalWord;
import org.civicswitch.ops.cli.demo.PaymentOrder;
import org.civicswitch.ops.cli.demo.SimulatedBanks;
import org.civicswitch.ops.cli.node.NodeConfig;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No name, account number or remittance text is in any file, page, figure or log of a switch. */
@Tag("slow")
final class PrivacyTest {
  private static final int PAYMENTS = 300;
  private static final int REJECTED = 404;

  /** What every private text of this test's payments contains one of. */
  private static final List<String> PRIVATE =
      List.of("Account holder", "XX00AURB", "XX00BORB", "Rent of flat");

  /**
   * How texts may be written: a name in a Java string, a Chronicle file or a compressed segment.
   */
  private static final List<Charset> ENCODINGS =
      List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

  @TempDir Path data;

  @Test
  void nothingPrivateIsInClearAnywhere() throws Exception {
    final PrintStream out = System.out;
    final PrintStream err = System.err;
    final ByteArrayOutputStream said = new ByteArrayOutputStream();
    final List<String> pages = new ArrayList<>();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try (SwitchNode node = start()) {
      load(node);
      pages.add(page(node.endpoints().url("console")));
      pages.add(page(node.endpoints().url("metrics")));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(leaks(said.toByteArray())).as("in the log").isEmpty();
    for (final String page : pages) {
      assertThat(leaks(page.getBytes(StandardCharsets.UTF_8))).as("in a page").isEmpty();
    }
    final Map<String, Long> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(data)) {
      for (final Path file : files.filter(Files::isRegularFile).toList()) {
        final byte[] content = Files.readAllBytes(file);
        assertThat(leaks(content)).as("in %s", file).isEmpty();
        bytes.merge(kind(file), (long) content.length, Long::sum);
      }
    }
    assertThat(bytes.keySet())
        .as("what was looked through: %s", bytes)
        .contains("archive", "feed", "journal", "keys", "messages", "reporting", "snapshot");
    assertThat(bytes.get("messages"))
        .as("every message is logged")
        .isGreaterThan(PAYMENTS * 5_000L);
  }

  @Test
  void aLeakWouldBeFound() throws Exception {
    for (final Charset encoding : ENCODINGS) {
      final byte[] leak = "xyz Account holder 0042 xyz".getBytes(encoding);
      assertThat(leaks(leak)).isNotEmpty();
      final ByteArrayOutputStream packed = new ByteArrayOutputStream();
      packed.write(new byte[100]);
      try (OutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(leak);
      }
      assertThat(leaks(packed.toByteArray())).as("compressed").isNotEmpty();
    }
    assertThat(leaks("holders of accounts".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  /** Segments so small, and snapshots so often, that every kind of file comes into being. */
  private SwitchNode start() throws IOException {
    return SwitchNode.start(
        new SwitchNode.Options(
            data,
            NodeConfig.load(
                null,
                Map.of(
                    "iso20022.port", "0",
                    "exchange.port", "0",
                    "identity.port", "0",
                    "console.port", "0",
                    "ops.port", "0",
                    "switch.segment-bytes", "131072",
                    "switch.snapshot-every-commands", "200")),
            true,
            "DEV",
            null),
        note -> {});
  }

  /** Payments that settle, are rejected, come again with other content, and a broken message. */
  private void load(final SwitchNode node) throws Exception {
    final DevelopmentCa authority = DevelopmentCa.open(data.resolve("dev").resolve("ca"));
    final URI gateway = URI.create(node.endpoints().url("iso20022"));
    try (SimulatedBanks banks = SimulatedBanks.start(node.vertx(), gateway, authority)) {
      final List<CompletableFuture<FinalWord>> words = new ArrayList<>();
      PaymentOrder last = null;
      for (int i = 0; i < PAYMENTS; i++) {
        last = order(UUID.randomUUID(), 1_000 + i, 1_000 * (i + 1) + (i % 10 == 0 ? REJECTED : 7));
        words.add(banks.bank("AURBXX2A").pay(last));
      }
      final Map<String, Integer> became = new TreeMap<>();
      for (final CompletableFuture<FinalWord> word : words) {
        became.merge(word.get(60, TimeUnit.SECONDS).toString(), 1, Integer::sum);
      }
      assertThat(became.toString()).contains("=ACSC").contains("reason=AC04");
      assertThat(
              banks
                  .bank("AURBXX2A")
                  .pay(order(last.uetr(), 77, 88))
                  .get(60, TimeUnit.SECONDS)
                  .rejected())
          .as("other names under the same UETR")
          .isTrue();
      assertThat(broken(node, gateway, authority)).isEqualTo(400);
    }
  }

  private static int broken(final SwitchNode node, final URI gateway, final DevelopmentCa authority)
      throws Exception {
    return node.vertx()
        .createHttpClient(
            MutualTls.client(authority.client("aurbxx2a"), authority.rootCertificate()))
        .request(HttpMethod.POST, gateway.getPort(), gateway.getHost(), "/iso20022/messages")
        .compose(
            request ->
                request.send(
                    "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08'>"
                        + "<Account holder 0001><Nm>Account holder 0001"))
        .map(response -> response.statusCode())
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private static PaymentOrder order(final UUID uetr, final int debtor, final int creditor) {
    return new PaymentOrder(
        uetr, "AURBXX2A", "BORBXX2A", 1_00, "EUR", debtor, creditor, "Rent of flat " + debtor);
  }

  private static String page(final String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** The directory below the data that a file lies in; snapshots lie with the journal. */
  private String kind(final Path file) {
    return file.getFileName().toString().startsWith("snapshot")
        ? "snapshot"
        : data.relativize(file).getName(0).toString();
  }

  private static List<String> leaks(final byte[] content) throws IOException {
    final List<String> found = new ArrayList<>();
    final String text = new String(content, StandardCharsets.ISO_8859_1);
    for (final String secret : PRIVATE) {
      for (final Charset encoding : ENCODINGS) {
        if (text.contains(new String(secret.getBytes(encoding), StandardCharsets.ISO_8859_1))) {
          found.add(secret + " in " + encoding);
        }
      }
    }
    final String gzip = "\u001f\u008b\b";
    for (int at = text.indexOf(gzip); at >= 0; at = text.indexOf(gzip, at + 1)) {
      found.addAll(leaks(unpacked(content, at)));
    }
    return found;
  }

  /** As much as can be unpacked from here: what only looks compressed gives nothing. */
  private static byte[] unpacked(final byte[] content, final int at) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(content, at, content.length - at))) {
      in.transferTo(out);
    } catch (final IOException e) {
      return out.toByteArray();
    }
    return out.toByteArray();
  }
}
