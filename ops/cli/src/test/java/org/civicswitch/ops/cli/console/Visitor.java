package org.civicswitch.ops.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without a screen: keeps cookies, sends the forms that it finds on pages. */
final class Visitor {
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new TreeMap<>();
  private final String url;

  Visitor(final String url) {
    this.url = url;
  }

  /** Signs in by the one-time login of a development switch. */
  static Visitor signedIn(final String url, final Path data, final String operator)
      throws Exception {
    final Visitor visitor = new Visitor(url);
    final String address = Files.readString(data.resolve("dev/logins").resolve(operator)).strip();
    assertThat(address).startsWith(url);
    final String page = visitor.page(address.substring(url.length()));
    final HttpResponse<String> in = visitor.post("/sign-in", fields(page, "/sign-in"));
    assertThat(in.statusCode()).as(in.body()).isEqualTo(303);
    return visitor;
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

  /** The hidden fields of the form with this action, the last one of several. */
  static Map<String, String> fields(final String page, final String action) {
    final int at = page.lastIndexOf("action=\"" + action + "\"");
    assertThat(at).as("a form to %s in %s", action, page).isNotNegative();
    final Matcher hidden = HIDDEN.matcher(page.substring(at, page.indexOf("</form>", at)));
    final Map<String, String> fields = new LinkedHashMap<>();
    while (hidden.find()) {
      fields.put(hidden.group(1), hidden.group(2).replace("&#39;", "'").replace("&amp;", "&"));
    }
    return fields;
  }

  HttpResponse<String> post(final String path, final Map<String, String> fields) throws Exception {
    final List<String> form = new ArrayList<>();
    fields.forEach(
        (name, value) -> form.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(String.join("&", form))));
  }

  /** Sends one file as browsers send one; nothing but the fields when there is no content. */
  HttpResponse<String> upload(
      final String path, final Map<String, String> fields, final String content) throws Exception {
    final StringBuilder parts = new StringBuilder();
    fields.forEach(
        (name, value) ->
            parts.append(
                "--PART\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(name, value)));
    if (content != null) {
      parts.append(
          "--PART\r\nContent-Disposition: form-data; name=\"statement\"; filename=\"../s\"\r\n"
              + "Content-Type: application/octet-stream\r\n\r\n"
              + content
              + "\r\n");
    }
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "multipart/form-data; boundary=PART")
            .POST(HttpRequest.BodyPublishers.ofString(parts + "--PART--\r\n")));
  }

  /** Announces a body that is never sent; the answer's status. */
  int announce(final String path, final long bytes) throws Exception {
    final URI at = URI.create(url);
    final List<String> pairs = new ArrayList<>();
    cookies.forEach((name, value) -> pairs.add(name + "=" + value));
    try (Socket socket = new Socket(at.getHost(), at.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST "
                      + path
                      + " HTTP/1.1\r\nHost: "
                      + at.getAuthority()
                      + "\r\nCookie: "
                      + String.join("; ", pairs)
                      + "\r\nContent-Type: multipart/form-data; boundary=PART\r\nContent-Length: "
                      + bytes
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      final String status =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      return Integer.parseInt(status.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }
  }

  /** Loads a page, sends its form to an address, and says where that leads. */
  String press(final String page, final String action) throws Exception {
    final HttpResponse<String> answer = post(action, fields(page(page), action));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private HttpResponse<String> send(final HttpRequest.Builder request) throws Exception {
    if (!cookies.isEmpty()) {
      final List<String> pairs = new ArrayList<>();
      cookies.forEach((name, value) -> pairs.add(name + "=" + value));
      request.header("Cookie", String.join("; ", pairs));
    }
    final HttpResponse<String> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    for (final String cookie : answer.headers().allValues("Set-Cookie")) {
      final String pair = cookie.substring(0, cookie.indexOf(';'));
      cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return answer;
  }
}
