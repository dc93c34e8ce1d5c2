package org.civicswitch.gateway.iso20022.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern facet as a position automaton of at most 64 positions, run as bit sets: the time is
 * linear in the text whatever the pattern, so that no text can make it slow.
 *
 * <p>Understands what ISO 20022 schemas use: literals, escapes, character classes, the dot, groups,
 * alternatives and counts. Anything else is refused by {@link #compile}.
 */
final class Pattern {
  private static final int POSITIONS_MAX = 64;
  private static final int ASCII = 128;

  private final String source;
  private final long[] positionsByChar = new long[ASCII];
  private final long[] follow;
  private final long first;
  private final long last;
  private final boolean matchesEmpty;
  private final long positionsBeyondAscii;

  private Pattern(String source, Fragment whole, List<CharSet> positions, long[] follow) {
    this.source = source;
    this.follow = follow;
    this.first = whole.first;
    this.last = whole.last;
    this.matchesEmpty = whole.nullable;
    long beyond = 0;
    for (int p = 0; p < positions.size(); p++) {
      CharSet set = positions.get(p);
      for (int c = 0; c < ASCII; c++) {
        if (set.has(c)) {
          positionsByChar[c] |= 1L << p;
        }
      }
      if (set.beyondAscii) {
        beyond |= 1L << p;
      }
    }
    this.positionsBeyondAscii = beyond;
  }

  static Pattern compile(String source) {
    Compiler compiler = new Compiler(source);
    Fragment whole = compiler.alternatives();
    if (compiler.at != source.length()) {
      throw compiler.unsupported();
    }
    return new Pattern(source, whole, compiler.positions, compiler.follow);
  }

  boolean matches(char[] text, int from, int to) {
    if (from == to) {
      return matchesEmpty;
    }
    long reachable = first;
    long current = 0;
    for (int i = from; i < to; i++) {
      char c = text[i];
      if (Character.isLowSurrogate(c) && i > from && Character.isHighSurrogate(text[i - 1])) {
        continue; // one character, matched with its first half
      }
      current = reachable & (c < ASCII ? positionsByChar[c] : positionsBeyondAscii);
      if (current == 0) {
        return false;
      }
      reachable = 0;
      for (long rest = current; rest != 0; rest &= rest - 1) {
        reachable |= follow[Long.numberOfTrailingZeros(rest)];
      }
    }
    return (current & last) != 0;
  }

  @Override
  public String toString() {
    return source;
  }

  /** First and last positions of a part, and whether it may be empty. */
  private record Fragment(long first, long last, boolean nullable) {
    static final Fragment EMPTY = new Fragment(0, 0, true);
  }

  private static final class CharSet {
    private long low;
    private long high;
    private boolean beyondAscii;

    boolean has(int c) {
      return ((c < 64 ? low : high) >>> (c & 63) & 1) != 0;
    }

    void add(int from, int to) {
      for (int c = from; c <= to; c++) {
        if (c < 64) {
          low |= 1L << c;
        } else {
          high |= 1L << (c & 63);
        }
      }
    }

    void addAll(CharSet other) {
      low |= other.low;
      high |= other.high;
      beyondAscii |= other.beyondAscii;
    }
  }

  private static final class Compiler {
    private final String source;
    private final List<CharSet> positions = new ArrayList<>();
    private final long[] follow = new long[POSITIONS_MAX];
    private int at;

    Compiler(String source) {
      this.source = source;
    }

    Fragment alternatives() {
      Fragment result = sequence();
      while (peek() == '|') {
        at++;
        Fragment other = sequence();
        result =
            new Fragment(
                result.first | other.first,
                result.last | other.last,
                result.nullable || other.nullable);
      }
      return result;
    }

    private Fragment sequence() {
      Fragment result = Fragment.EMPTY;
      while (at < source.length() && peek() != '|' && peek() != ')') {
        result = join(result, counted());
      }
      return result;
    }

    private Fragment join(Fragment left, Fragment right) {
      connect(left.last, right.first);
      return new Fragment(
          left.nullable ? left.first | right.first : left.first,
          right.nullable ? left.last | right.last : right.last,
          left.nullable && right.nullable);
    }

    private void connect(long from, long to) {
      for (long rest = from; rest != 0; rest &= rest - 1) {
        follow[Long.numberOfTrailingZeros(rest)] |= to;
      }
    }

    /** Every repetition gets positions of its own, made by reading the same part again. */
    private Fragment counted() {
      int start = at;
      int before = positions.size();
      Fragment once = part();
      int partEnd = at;
      int min = 1;
      int max = 1;
      switch (peek()) {
        case '?' -> {
          at++;
          min = 0;
        }
        case '*' -> {
          at++;
          min = 0;
          max = Integer.MAX_VALUE;
        }
        case '+' -> {
          at++;
          max = Integer.MAX_VALUE;
        }
        case '{' -> {
          int close = source.indexOf('}', at);
          String[] counts = source.substring(at + 1, close).split(",", -1);
          min = Integer.parseInt(counts[0]);
          max = counts.length == 1 ? min : Integer.parseInt(counts[1]);
          at = close + 1;
        }
        default -> {
          return once;
        }
      }
      int end = at;
      if (max == 0) {
        positions.subList(before, positions.size()).clear();
        return Fragment.EMPTY;
      }
      Fragment result = optionalBeyond(once, 0, min);
      for (int copy = 1; copy < (max == Integer.MAX_VALUE ? Math.max(min, 1) : max); copy++) {
        at = start;
        Fragment again = part();
        if (at != partEnd) {
          throw unsupported();
        }
        result = join(result, optionalBeyond(again, copy, min));
        once = again;
      }
      if (max == Integer.MAX_VALUE) {
        connect(once.last, once.first);
      }
      at = end;
      return result;
    }

    private static Fragment optionalBeyond(Fragment fragment, int copy, int min) {
      return copy < min ? fragment : new Fragment(fragment.first, fragment.last, true);
    }

    private Fragment part() {
      if (peek() == '(') {
        CharSet single = alternativesOfOne();
        if (single != null) {
          return position(single);
        }
        at++;
        Fragment inner = alternatives();
        if (peek() != ')') {
          throw unsupported();
        }
        at++;
        return inner;
      }
      return position(one());
    }

    /** A group that only offers single characters is one position, not one per alternative. */
    private CharSet alternativesOfOne() {
      int start = at++;
      CharSet union = new CharSet();
      while (at < source.length() && peek() != '(' && peek() != ')') {
        union.addAll(one());
        if (peek() == ')') {
          at++;
          return union;
        }
        if (peek() != '|') {
          break;
        }
        at++;
      }
      at = start;
      return null;
    }

    private Fragment position(CharSet set) {
      if (positions.size() == POSITIONS_MAX) {
        throw unsupported();
      }
      long bit = 1L << positions.size();
      positions.add(set);
      return new Fragment(bit, bit, false);
    }

    private CharSet one() {
      CharSet set = new CharSet();
      char c = source.charAt(at++);
      switch (c) {
        case '[' -> {
          return characterClass(set);
        }
        case '.' -> {
          set.add(0, ASCII - 1);
          set.low &= ~(1L << '\n' | 1L << '\r');
          set.beyondAscii = true;
        }
        case '\\' -> {
          char escaped = escaped();
          set.add(escaped, escaped);
        }
        case '*', '+', '?', '{', '}', ']', '^', '$' -> throw unsupported();
        default -> set.add(literal(c), c);
      }
      return set;
    }

    private CharSet characterClass(CharSet set) {
      if (peek() == '^') {
        throw unsupported();
      }
      while (peek() != ']') {
        char from = literal(source.charAt(at++));
        if (from == '\\') {
          from = escaped();
        } else if (from == '[') {
          throw unsupported();
        }
        if (peek() == '-' && at + 1 < source.length() && source.charAt(at + 1) != ']') {
          at++;
          char to = literal(source.charAt(at++));
          set.add(from, to == '\\' ? escaped() : to);
        } else {
          set.add(from, from);
        }
      }
      at++;
      return set;
    }

    private char escaped() {
      char c = source.charAt(at++);
      if (Character.isLetterOrDigit(c)) {
        throw unsupported();
      }
      return literal(c);
    }

    private char literal(char c) {
      if (c >= ASCII) {
        throw unsupported();
      }
      return c;
    }

    private char peek() {
      return at < source.length() ? source.charAt(at) : 0;
    }

    private SchemaException unsupported() {
      return new SchemaException("pattern " + source + " is not supported at character " + at);
    }
  }
}
