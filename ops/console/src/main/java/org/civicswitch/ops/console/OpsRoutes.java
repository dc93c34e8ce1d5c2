package org.civicswitch.ops.console;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Health, readiness, version and metrics: for machines, on a listener of its own. */
final class OpsRoutes {
  private final ConsoleOptions options;
  private final FeedTail tail;
  private final Metrics metrics;
  private final BooleanSupplier stopping;

  OpsRoutes(
      final ConsoleOptions options,
      final FeedTail tail,
      final Metrics metrics,
      final BooleanSupplier stopping) {
    this.options = options;
    this.tail = tail;
    this.metrics = metrics;
    this.stopping = stopping;
  }

  void mount(final Router router) {
    router
        .get("/livez")
        .handler(
            request -> {
              final boolean live = options.health().live();
              Answers.json(
                  request,
                  live ? 200 : 503,
                  new JsonObject().put("status", live ? "live" : "failed"));
            });
    router
        .get("/readyz")
        .handler(
            request -> {
              final List<Health.Check> checks = new ArrayList<>(options.health().checks());
              checks.add(
                  new Health.Check(
                      "feed", tail.alive(), tail.alive() ? "" : "the feed is not followed"));
              checks.add(
                  new Health.Check(
                      "running",
                      !stopping.getAsBoolean(),
                      stopping.getAsBoolean() ? "stopping" : ""));
              final boolean ready = checks.stream().allMatch(Health.Check::ok);
              final JsonArray rows = new JsonArray();
              checks.forEach(
                  c ->
                      rows.add(
                          new JsonObject()
                              .put("name", c.name())
                              .put("ok", c.ok())
                              .put("detail", c.detail())));
              Answers.json(
                  request,
                  ready ? 200 : 503,
                  new JsonObject()
                      .put("status", ready ? "ready" : "not ready")
                      .put("checks", rows));
            });
    router
        .get("/version")
        .handler(
            request ->
                Answers.json(
                    request,
                    200,
                    new JsonObject()
                        .put("version", options.version())
                        .put("jdk", Runtime.version().toString())));
    router
        .get("/metrics")
        .handler(
            request ->
                request
                    .response()
                    .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(metrics.scrape()));
  }
}
