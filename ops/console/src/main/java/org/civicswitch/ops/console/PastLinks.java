package org.civicswitch.ops.console;

import java.util.regex.Pattern;

/**
 * Keeps who looks at a moment of the past there: every link to a page, every form that asks, and
 * where charts have their figures from, carries the moment. Done on the finished page, so that no
 * template can forget it.
 */
final class PastLinks {
  /** Not what every page loads, not the sign-in, and not the link that leads back to now. */
  private static final Pattern LINK =
      Pattern.compile(
          "(href|data-series)=\"(/(?!assets/|sign-in|sign-out)[^\"#]*)((?:#[^\"]*)?)\""
              + "(?! data-now)");

  private static final Pattern FORM =
      Pattern.compile("(<form (?!class=\"moment\")[^>]*method=\"get\"[^>]*>)");

  private PastLinks() {}

  static String in(final String html, final long sequence) {
    final String linked =
        LINK.matcher(html)
            .replaceAll(
                link ->
                    java.util.regex.Matcher.quoteReplacement(
                        link.group(1)
                            + "=\""
                            + to(link.group(2), sequence, "&amp;")
                            + link.group(3)
                            + "\""));
    return FORM.matcher(linked)
        .replaceAll("$1<input type=\"hidden\" name=\"as_of\" value=\"" + sequence + "\">");
  }

  /** The address of a page, as of the moment. */
  static String to(final String address, final long sequence) {
    return to(address, sequence, "&");
  }

  private static String to(final String address, final long sequence, final String and) {
    return address + (address.contains("?") ? and : "?") + AsOfPoint.PARAMETER + "=" + sequence;
  }
}
