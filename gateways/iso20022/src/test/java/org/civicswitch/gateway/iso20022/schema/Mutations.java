package org.civicswitch.gateway.iso20022.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;

/** Seeded damage to messages: structure, text and attributes, mostly still well-formed. */
final class Mutations {
  private static final java.util.regex.Pattern LEAF =
      java.util.regex.Pattern.compile("<([A-Za-z][\\w.:]*)([^<>/]*)>([^<>]*)</\\1>");
  private static final java.util.regex.Pattern OPEN =
      java.util.regex.Pattern.compile("<([A-Za-z][\\w.:]*)([^<>/]*)>");
  private static final String[] TEXTS = {
    "",
    " ",
    "x",
    ".25",
    "007",
    "0",
    "-1",
    "1.",
    "12..34",
    "1.123456",
    "1234567890123456789",
    "123456789012345678",
    "0.0000100000",
    "+5",
    "1e3",
    "99999999999999999.99",
    "true",
    "1",
    "TRUE",
    "2026-02-29",
    "2024-02-29",
    "2026-11-23",
    "2026-11-23Z",
    "2026-11-23+14:00",
    "2026-13-01",
    "0000-01-01",
    "10000-01-01",
    "02026-01-01",
    "-0044-03-15",
    "2026-11-23T24:00:00",
    "2026-11-23T24:00:01",
    "2026-11-23T10:11:12.1234567890Z",
    "2026-11-23T10:11:12:123Z",
    "2026-11-23T10:11:12",
    "2026-11-23T10:11:60Z",
    " 2026-11-23T10:11:12Z ",
    "2026-11-23T10:11Z",
    "2026-11-23T10:11:12.Z",
    "2026-11-23T10:11:12+14:01",
    "10:11:12",
    "EUR",
    "eur",
    "XX",
    "ZZZ",
    "ABCDEFGH",
    "ABCDBEBB",
    "ABCDBEBBXXX",
    "ABCDBEBBXX",
    "BE71096123456769",
    "8a562c67-ca16-48ba-b074-65581be6f001",
    "8a562c67-ca16-58ba-b074-65581be6f001",
    "8A562C67-CA16-48BA-B074-65581BE6F001",
    "+49-123456",
    "+49123456",
    "aGVsbG8=",
    "aGVsbG8",
    "1234567890123456789012345678901234567890",
    "\u0141\u00f3d\u017a",
    "\u4e2d\u6587",
    "5493001KJTIIGC8Y1R12",
    "SLEV",
    "SHAR",
    "CLRG",
    "INDA",
    "ACSC",
    "RJCT",
    "2026",
    "&amp;",
    "&#9;",
    "\t\n value \n",
    "<![CDATA[12.50]]>",
    "12<!-- -->.50",
    "EU<?pi x?>R",
  };

  private final RandomGenerator random;

  Mutations(RandomGenerator random) {
    this.random = random;
  }

  String mutate(String xml) {
    return switch (random.nextInt(10)) {
      case 0 -> deleteLeaf(xml);
      case 1 -> duplicateLeaf(xml);
      case 2 -> swapLeaves(xml);
      case 3, 4, 5 -> changeText(xml);
      case 6 -> changeSubtree(xml);
      case 7 -> changeAttributes(xml);
      case 8 -> insertInto(xml);
      default -> changeCharacter(xml);
    };
  }

  private List<int[]> find(java.util.regex.Pattern pattern, String xml) {
    List<int[]> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(xml);
    while (matcher.find()) {
      found.add(new int[] {matcher.start(), matcher.end(), matcher.start(3), matcher.end(3)});
    }
    return found;
  }

  private int[] leaf(String xml) {
    List<int[]> leaves = find(LEAF, xml);
    return leaves.isEmpty() ? new int[4] : leaves.get(random.nextInt(leaves.size()));
  }

  private static String replace(String xml, int from, int to, String by) {
    return xml.substring(0, from) + by + xml.substring(to);
  }

  private String deleteLeaf(String xml) {
    int[] leaf = leaf(xml);
    return replace(xml, leaf[0], leaf[1], "");
  }

  private String duplicateLeaf(String xml) {
    int[] leaf = leaf(xml);
    return replace(xml, leaf[1], leaf[1], xml.substring(leaf[0], leaf[1]));
  }

  private String swapLeaves(String xml) {
    List<int[]> leaves = find(LEAF, xml);
    if (leaves.size() < 2) {
      return xml;
    }
    int i = random.nextInt(leaves.size() - 1);
    int[] a = leaves.get(i);
    int[] b = leaves.get(i + 1);
    return xml.substring(0, a[0])
        + xml.substring(b[0], b[1])
        + xml.substring(a[1], b[0])
        + xml.substring(a[0], a[1])
        + xml.substring(b[1]);
  }

  private String changeText(String xml) {
    int[] leaf = leaf(xml);
    String text = xml.substring(leaf[2], leaf[3]);
    String changed =
        switch (random.nextInt(4)) {
          case 0 -> text + "X";
          case 1 -> text.isEmpty() ? "Y" : text.substring(1);
          case 2 -> " " + text + "\n";
          default -> TEXTS[random.nextInt(TEXTS.length)];
        };
    return replace(xml, leaf[2], leaf[3], changed);
  }

  private String changeSubtree(String xml) {
    Matcher matcher = OPEN.matcher(xml);
    List<int[]> subtrees = new ArrayList<>();
    while (matcher.find()) {
      int close = xml.indexOf("</" + matcher.group(1) + ">", matcher.end());
      if (close > 0) {
        subtrees.add(new int[] {matcher.start(), close + matcher.group(1).length() + 3});
      }
    }
    if (subtrees.isEmpty()) {
      return xml;
    }
    int[] subtree = subtrees.get(random.nextInt(subtrees.size()));
    String copy = xml.substring(subtree[0], subtree[1]);
    return random.nextBoolean()
        ? replace(xml, subtree[0], subtree[1], "")
        : replace(xml, subtree[1], subtree[1], copy);
  }

  private String changeAttributes(String xml) {
    String[] by = {"", " Ccy=\"eur\"", " Ccy=\"ZZZ\"", " Ccy='USD'", " ccy=\"USD\"", " x=\"1\""};
    int at = xml.indexOf(" Ccy=");
    String attribute = by[random.nextInt(by.length)];
    if (at < 0 || random.nextInt(3) == 0) {
      Matcher matcher = OPEN.matcher(xml);
      List<Integer> places = new ArrayList<>();
      while (matcher.find()) {
        places.add(matcher.end(1));
      }
      int place = places.isEmpty() ? 0 : places.get(random.nextInt(places.size()));
      return replace(xml, place, place, attribute);
    }
    return replace(xml, at, xml.indexOf('>', at), attribute);
  }

  private String insertInto(String xml) {
    String[] extra = {
      "text",
      "<Foo/>",
      "<!-- c -->",
      "<?p i?>",
      "<x:y xmlns:x=\"urn:x\"/>",
      "&lt;",
      "&#0;",
      "]]>",
      "&undefined;",
      "<SplmtryData><Envlp><a xmlns=\"\"><b c=\"d\"/></a></Envlp></SplmtryData>",
      "<SplmtryData><Envlp/></SplmtryData>",
      "<ChrgBr>SLEV</ChrgBr>",
      "\u0001",
      "<![CDATA[ ]]>",
    };
    Matcher matcher = OPEN.matcher(xml);
    List<Integer> places = new ArrayList<>();
    while (matcher.find()) {
      places.add(random.nextBoolean() ? matcher.end() : matcher.start());
    }
    int place = places.isEmpty() ? 0 : places.get(random.nextInt(places.size()));
    return replace(xml, place, place, extra[random.nextInt(extra.length)]);
  }

  private String changeCharacter(String xml) {
    int at = random.nextInt(xml.length());
    String[] by = {"", "<", ">", "&", "A", "0", " ", "\"", "/", "\u00e9"};
    return replace(xml, at, Math.min(xml.length(), at + 1), by[random.nextInt(by.length)]);
  }
}
