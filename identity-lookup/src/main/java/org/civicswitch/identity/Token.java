package org.civicswitch.identity;

/**
 * 256 bits that stand for a person or an alias, as four words in the order of the wire. All zero
 * means none. Mutable, to be reused: whoever takes one copies the words. One thread.
 */
public final class Token {
  static final int WORDS = 4;

  private long a;
  private long b;
  private long c;
  private long d;

  public Token set(final long first, final long second, final long third, final long fourth) {
    a = first;
    b = second;
    c = third;
    d = fourth;
    return this;
  }

  public long a() {
    return a;
  }

  public long b() {
    return b;
  }

  public long c() {
    return c;
  }

  public long d() {
    return d;
  }

  public boolean isNone() {
    return (a | b | c | d) == 0;
  }

  boolean isAt(final long[] words, final int at) {
    return words[at] == a && words[at + 1] == b && words[at + 2] == c && words[at + 3] == d;
  }

  void writeTo(final long[] words, final int at) {
    words[at] = a;
    words[at + 1] = b;
    words[at + 2] = c;
    words[at + 3] = d;
  }

  void readFrom(final long[] words, final int at) {
    set(words[at], words[at + 1], words[at + 2], words[at + 3]);
  }
}
