package org.civicswitch.ops.console;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** What participants hold and for how long it lasts, who they are, and what they send through. */
final class LiquidityRoutes {
  private final Frame frame;
  private final Pages pages;

  LiquidityRoutes(final Frame frame, final Pages pages) {
    this.frame = frame;
    this.pages = pages;
  }

  void mount(final Router router, final Moments moments) {
    router.get("/liquidity").handler(moments.then(false, this::liquidity));
    router.get("/participants").handler(moments.then(false, this::participants));
  }

  private void liquidity(final RoutingContext request) {
    final long only = Door.only(request);
    final Views.Liquidity liquidity = pages(request).liquidity(only);
    final Views.Chrome chrome =
        frame.chrome(
            request,
            "Liquidity",
            "liquidity",
            only == 0 ? "/events?view=liquidity" : "",
            liquidity.asOf());
    Answers.html(request, 200, pages.liquidityPage(chrome, liquidity));
  }

  private void participants(final RoutingContext request) {
    final Views.Participants participants = pages(request).participants();
    final Views.Chrome chrome =
        frame.chrome(request, "Participants", "participants", "", participants.asOf());
    Answers.html(request, 200, pages.participantsPage(chrome, participants));
  }

  private Pages pages(final RoutingContext request) {
    final Past past = Past.of(request);
    return past == null ? pages : past.pages;
  }
}
