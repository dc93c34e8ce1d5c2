package org.civicswitch.ops.console;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The same answers for programs. */
final class ApiRoutes {
  private final Pages pages;

  ApiRoutes(final Pages pages) {
    this.pages = pages;
  }

  void mount(final Router router, final Moments moments) {
    router
        .get("/api/positions")
        .handler(
            moments.then(
                false,
                request -> {
                  final Views.Home home = pages(request).home();
                  Answers.json(request, 200, ApiJson.positions(home.asOf(), home.positions()));
                }));
    router
        .get("/api/envelopes")
        .handler(
            moments.then(
                false,
                request -> {
                  final Views.Office office = pages(request).office();
                  Answers.json(request, 200, ApiJson.envelopes(office.asOf(), office.envelopes()));
                }));
    router
        .get("/api/proof")
        .handler(
            moments.then(
                true,
                request ->
                    Answers.json(request, 200, ApiJson.proof(pages(request).home().proof()))));
    router
        .get("/api/series")
        .handler(
            moments.then(
                false,
                request ->
                    Answers.json(
                        request, 200, ApiJson.series(pages(request).series(Rates.SECONDS)))));
  }

  private Pages pages(final RoutingContext request) {
    final Past past = Past.of(request);
    return past == null ? pages : past.pages;
  }
}
