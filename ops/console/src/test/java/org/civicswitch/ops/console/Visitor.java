package org.civicswitch.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without a screen: keeps cookies, sends forms with the token of their page. */
final class Visitor {
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]{64})\"");

  private final HttpClient http;
  private final String url;
  final Map<String, String> cookies = new TreeMap<>();

  Visitor(final HttpClient http, final String url) {
    this.http = http;
    this.url = url;
  }

  HttpResponse<String> get(final String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url + path)));
  }

  /** A page that is there. */
  String page(final String path) throws Exception {
    final HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as("%s %s", path, answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** Posts names and values, one after the other, as they are. */
  HttpResponse<String> post(final String path, final String... fields) throws Exception {
    final List<String> form = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      form.add(fields[i] + "=" + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
    }
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(String.join("&", form))));
  }

  /** Loads a page and sends a form to a path with the page's token. */
  HttpResponse<String> submit(final String page, final String path, final String... fields)
      throws Exception {
    final String[] all = new String[fields.length + 2];
    System.arraycopy(fields, 0, all, 0, fields.length);
    all[fields.length] = "csrf";
    all[fields.length + 1] = find(page(page), CSRF);
    return post(path, all);
  }

  private HttpResponse<String> send(final HttpRequest.Builder request) throws Exception {
    if (!cookies.isEmpty()) {
      final List<String> pairs = new ArrayList<>();
      cookies.forEach((name, value) -> pairs.add(name + "=" + value));
      request.header("Cookie", String.join("; ", pairs));
    }
    final HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    for (final String cookie : answer.headers().allValues("Set-Cookie")) {
      final String pair = cookie.substring(0, cookie.indexOf(';'));
      final String name = pair.substring(0, pair.indexOf('='));
      if (cookie.contains("Max-Age=0")) {
        cookies.remove(name);
      } else {
        cookies.put(name, pair.substring(pair.indexOf('=') + 1));
      }
    }
    return answer;
  }

  static String find(final String text, final Pattern pattern) {
    final Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(1);
  }
}
