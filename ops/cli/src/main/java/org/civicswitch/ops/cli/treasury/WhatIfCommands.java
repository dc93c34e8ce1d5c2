package org.civicswitch.ops.cli.treasury;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.civicswitch.ops.cli.node.Endpoints;
import org.civicswitch.ops.cli.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code operate what-if}: asked of the running switch's console, which has the reporting store
 * open.
 */
@Command(
    name = "what-if",
    description = "What another cap, or settling net, would have done to the last hours' payments.",
    mixinStandardHelpOptions = true)
final class WhatIfCommands {
  private static final Duration ANSWER_MAX = Duration.ofMinutes(2);

  @Command(
      name = "cap",
      description = "Which payments another net debit cap would have refused. Changes nothing.",
      mixinStandardHelpOptions = true)
  int cap(
      @Mixin final OperateOptions options,
      @Option(
              names = "--participant",
              required = true,
              paramLabel = "BIC",
              description = OperateCommand.PARTICIPANT)
          final String participant,
      @Option(
              names = "--asset",
              defaultValue = "EUR",
              paramLabel = "CODE",
              description = OperateCommand.ASSET)
          final String asset,
      @Option(
              names = "--cap",
              required = true,
              paramLabel = "N",
              description = "Net debit cap, a decimal amount.")
          final String cap,
      @Option(
              names = "--hours",
              defaultValue = "24",
              paramLabel = "N",
              description = "So many before, 1 to 72; default ${DEFAULT-VALUE}.")
          final String hours,
      @Option(names = "--at", paramLabel = "TIME", description = "Before this, UTC; default now.")
          final String at) {
    final Map<String, String> asked = new LinkedHashMap<>();
    asked.put("participant", participant);
    asked.put("asset", asset);
    asked.put("cap", cap);
    asked.put("hours", hours);
    asked.put("at", at);
    return Report.of(
        options.command,
        options.json,
        report -> {
          final JsonNode found = ask(options, "cap", asked);
          put(report, found);
          report
              .say(
                  "From "
                      + text(found, "from")
                      + " to "
                      + text(found, "to")
                      + ", with a cap of "
                      + money(found, "cap"))
              .say("payments          " + text(found, "payments") + ", " + money(found, "total"))
              .say(
                  "would be refused  "
                      + text(found, "refused")
                      + ", "
                      + money(found, "refused_total"))
              .say("first refused     " + text(found, "first_refused"))
              .say(
                  "least headroom    "
                      + money(found, "lowest_headroom")
                      + " at "
                      + text(found, "lowest_at"));
          for (final JsonNode one : found.get("first")) {
            report.say(
                "  "
                    + text(one, "uetr")
                    + " "
                    + text(one, "time")
                    + " "
                    + money(one, "amount")
                    + ", headroom "
                    + money(one, "headroom"));
          }
          sayCut(report, found);
        });
  }

  @Command(
      name = "window",
      description = "What each would have owed, had the last hours been settled net.",
      mixinStandardHelpOptions = true)
  int window(
      @Mixin final OperateOptions options,
      @Option(
              names = "--asset",
              defaultValue = "EUR",
              paramLabel = "CODE",
              description = OperateCommand.ASSET)
          final String asset,
      @Option(
              names = "--hours",
              defaultValue = "24",
              paramLabel = "N",
              description = "So many before, 1 to 72; default ${DEFAULT-VALUE}.")
          final String hours,
      @Option(
              names = "--at",
              paramLabel = "TIME",
              description = "It closes then, UTC; default now.")
          final String at) {
    final Map<String, String> asked = new LinkedHashMap<>();
    asked.put("asset", asset);
    asked.put("hours", hours);
    asked.put("at", at);
    return Report.of(
        options.command,
        options.json,
        report -> {
          final JsonNode found = ask(options, "window", asked);
          put(report, found);
          report
              .say("A window from " + text(found, "from") + " to " + text(found, "to"))
              .say("payments  " + text(found, "payments") + ", " + money(found, "gross"))
              .say("net       " + money(found, "net"));
          for (final JsonNode one : found.get("nets")) {
            report.say(
                String.format(
                    "  %-16s paid %s, received %s, net %s",
                    text(one, "participant"),
                    money(one, "paid"),
                    money(one, "received"),
                    money(one, "net")));
          }
          sayCut(report, found);
        });
  }

  private static void sayCut(final Report report, final JsonNode found) {
    if (found.hasNonNull("cut_at")) {
      report.say(
          "cut off at " + text(found, "cut_at") + ": too many payments, ask for fewer hours");
    }
  }

  private static void put(final Report report, final JsonNode found) {
    found.properties().forEach(field -> report.put(field.getKey(), field.getValue()));
  }

  private static String text(final JsonNode node, final String name) {
    return node.hasNonNull(name) ? node.get(name).asString() : "none";
  }

  private static String money(final JsonNode node, final String name) {
    return node.hasNonNull(name)
        ? text(node.get(name), "decimal") + " " + text(node.get(name), "currency")
        : "none";
  }

  private static JsonNode ask(
      final OperateOptions options, final String kind, final Map<String, String> asked)
      throws IOException {
    final String query =
        asked.entrySet().stream()
            .filter(field -> field.getValue() != null)
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    final URI url =
        URI.create(
            Endpoints.read(options.data).url("console") + "/api/what-if/" + kind + "?" + query);
    try {
      final HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(url).timeout(ANSWER_MAX).build(),
                  HttpResponse.BodyHandlers.ofString());
      final JsonNode json = JsonMapper.shared().readTree(answer.body());
      if (answer.statusCode() == 200) {
        return json;
      }
      throw new IOException(json.hasNonNull("detail") ? text(json, "detail") : answer.body());
    } catch (final JacksonException e) {
      throw new IOException("the console gives no answer that can be read: " + url, e);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
