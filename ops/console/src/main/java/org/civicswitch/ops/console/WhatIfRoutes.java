package org.civicswitch.ops.console;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.civicswitch.ops.reporting.Projector;
import org.civicswitch.ops.reporting.WhatIf;

/** What another cap, or a window, would have done to the last hours' payments. */
final class WhatIfRoutes {
  private final ConsoleOptions options;
  private final Frame frame;
  private final Pages pages;
  private final BackgroundWork work;
  private final Projector store;
  private final StoredPayments stored;

  /** One at a time: it reads as much as a hundred searches. */
  private final AtomicBoolean busy = new AtomicBoolean();

  WhatIfRoutes(
      final ConsoleOptions options,
      final Frame frame,
      final Pages pages,
      final Board board,
      final BackgroundWork work) {
    this.options = options;
    this.frame = frame;
    this.pages = pages;
    this.work = work;
    this.store = options.reporting();
    this.stored = store == null ? null : new StoredPayments(store, board);
  }

  void mount(final Router router) {
    router.get("/what-if").handler(this::page);
    router.get("/api/what-if/cap").handler(request -> api(request, true));
    router.get("/api/what-if/window").handler(request -> api(request, false));
  }

  private void page(final RoutingContext request) {
    final Map<String, String> typed = WhatIfQuestion.typed(request.queryParams());
    final String kind = String.valueOf(request.queryParams().get("what"));
    if (store == null || !(kind.equals("cap") || kind.equals("window"))) {
      show(request, 200, typed, "", null, null);
      return;
    }
    try {
      final PaymentFilter.Choices choices = pages.choices();
      final long now = options.clockMs().getAsLong();
      if (kind.equals("cap")) {
        final WhatIfQuestion asked = WhatIfQuestion.cap(typed, choices, now);
        run(
            request,
            () -> cap(asked),
            found -> show(request, 200, typed, "", WhatIfViews.of(asked, found, stored), null));
      } else {
        final WhatIfQuestion asked = WhatIfQuestion.window(typed, choices, now);
        run(
            request,
            () -> window(asked),
            found -> show(request, 200, typed, "", null, WhatIfViews.of(asked, found, choices)));
      }
    } catch (final PaymentFilter.WrongFilterException e) {
      show(request, 400, typed, e.getMessage(), null, null);
    }
  }

  private void api(final RoutingContext request, final boolean isCap) {
    if (store == null) {
      Answers.problem(request, 404, "No store", "The reporting store here is switched off.");
      return;
    }
    final Map<String, String> typed = WhatIfQuestion.typed(request.queryParams());
    final PaymentFilter.Choices choices = pages.choices();
    final long now = options.clockMs().getAsLong();
    try {
      final WhatIfQuestion asked =
          isCap
              ? WhatIfQuestion.cap(typed, choices, now)
              : WhatIfQuestion.window(typed, choices, now);
      final Callable<JsonObject> answer =
          isCap
              ? () -> WhatIfViews.json(asked, cap(asked))
              : () -> WhatIfViews.json(WhatIfViews.of(asked, window(asked), choices));
      run(request, answer, json -> Answers.json(request, 200, json));
    } catch (final PaymentFilter.WrongFilterException e) {
      Answers.problem(request, 400, "Not so", e.getMessage());
    }
  }

  private WhatIf.Cap cap(final WhatIfQuestion asked) throws IOException {
    return store
        .store()
        .whatIf()
        .cap(
            asked.participant().number(),
            asked.asset().number(),
            asked.cap(),
            asked.hours(),
            asked.toMs());
  }

  private WhatIf.Window window(final WhatIfQuestion asked) throws IOException {
    return store.store().whatIf().window(asked.asset().number(), asked.hours(), asked.toMs());
  }

  private <T> void run(
      final RoutingContext request, final Callable<T> question, final Consumer<T> then) {
    if (!busy.compareAndSet(false, true)) {
      request.response().putHeader("Retry-After", "5");
      frame.problem(
          request, 503, "One at a time", "Another what-if is being worked out: try again shortly.");
      return;
    }
    work.run(
        request,
        () -> {
          try {
            return question.call();
          } catch (final IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
          } finally {
            busy.set(false);
          }
        },
        then);
  }

  private void show(
      final RoutingContext request,
      final int status,
      final Map<String, String> typed,
      final String answer,
      final WhatIfViews.Cap cap,
      final WhatIfViews.Window window) {
    final boolean answered = cap != null || window != null;
    final String kind = window == null ? "cap" : "window";
    Answers.html(
        request,
        status,
        pages.whatIfPage(
            frame.chrome(request, "What if", "what-if", "", pages.asOf()),
            new WhatIfViews.Page(
                store != null,
                pages.choices(),
                typed,
                answer,
                cap,
                window,
                answered && options.treasury() != null ? command(kind, typed) : "",
                answered ? Curl.of(request, address(kind, typed)) : "")));
  }

  /** What was typed, without what was left empty. */
  private static String address(final String kind, final Map<String, String> typed) {
    return "/api/what-if/"
        + kind
        + typed.entrySet().stream()
            .filter(field -> !field.getValue().isEmpty())
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", "?", ""));
  }

  private String command(final String kind, final Map<String, String> typed) {
    final List<String> words = new ArrayList<>(List.of("what-if", kind));
    typed.forEach(
        (field, value) -> {
          if (!value.isEmpty()) {
            words.add("--" + field);
            words.add(value);
          }
        });
    return options.treasury().command(words.toArray(new String[0]));
  }
}
