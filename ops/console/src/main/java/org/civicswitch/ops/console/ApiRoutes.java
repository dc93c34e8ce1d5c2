package org.civicswitch.ops.console;

import io.vertx.ext.web.Router;

/** The same answers for programs. */
final class ApiRoutes {
  private final Pages pages;

  ApiRoutes(final Pages pages) {
    this.pages = pages;
  }

  void mount(final Router router, final MinSequence wait) {
    router
        .get("/api/positions")
        .handler(
            wait.then(
                false,
                request -> {
                  final Views.Home home = pages.home();
                  Answers.json(request, 200, ApiJson.positions(home.asOf(), home.positions()));
                }));
    router
        .get("/api/envelopes")
        .handler(
            wait.then(
                false,
                request -> {
                  final Views.Office office = pages.office();
                  Answers.json(request, 200, ApiJson.envelopes(office.asOf(), office.envelopes()));
                }));
    router
        .get("/api/proof")
        .handler(
            wait.then(
                true, request -> Answers.json(request, 200, ApiJson.proof(pages.home().proof()))));
    router
        .get("/api/series")
        .handler(
            wait.then(
                false,
                request ->
                    Answers.json(request, 200, ApiJson.series(pages.series(Rates.SECONDS)))));
  }
}
