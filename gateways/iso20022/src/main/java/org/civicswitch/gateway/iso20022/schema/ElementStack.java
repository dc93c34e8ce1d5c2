package org.civicswitch.gateway.iso20022.schema;

import java.util.Arrays;
import org.civicswitch.gateway.iso20022.schema.ComplexType.Child;
import org.civicswitch.gateway.iso20022.schema.ComplexType.Kind;

/**
 * The open elements and what each may still contain. Arrays instead of objects, so that checking an
 * element allocates nothing.
 */
final class ElementStack {
  /** How the content of an open element is treated. */
  enum Mode {
    WRAPPER,
    ELEMENTS,
    TEXT,
    /** Inside a wildcard: nothing is checked until the definition's own root appears again. */
    LAX,
    SKIP
  }

  private final Mode[] modes;
  private final String[] names;
  private final ComplexType[] types;
  private final SimpleType[] texts;
  private final ElementPaths.Node[] nodes;
  private final int[] positions;
  private final int[] counts;
  private int depth;

  ElementStack(int depthMax) {
    modes = new Mode[depthMax];
    names = new String[depthMax];
    types = new ComplexType[depthMax];
    texts = new SimpleType[depthMax];
    nodes = new ElementPaths.Node[depthMax];
    positions = new int[depthMax];
    counts = new int[depthMax];
  }

  void clear() {
    Arrays.fill(nodes, null);
    depth = 0;
  }

  int depth() {
    return depth;
  }

  boolean full() {
    return depth == modes.length;
  }

  Mode mode() {
    return depth == 0 ? Mode.WRAPPER : modes[depth - 1];
  }

  String name() {
    return names[depth - 1];
  }

  ComplexType type() {
    return types[depth - 1];
  }

  SimpleType textType() {
    return texts[depth - 1];
  }

  /** What the listener wants of the open element, or null. */
  ElementPaths.Node node() {
    return nodes[depth - 1];
  }

  void push(String name, Mode mode) {
    names[depth] = name;
    modes[depth] = mode;
    types[depth] = null;
    texts[depth] = null;
    nodes[depth] = null;
    depth++;
  }

  void pushType(String name, ComplexType type, ElementPaths.Node node) {
    names[depth] = name;
    types[depth] = type;
    nodes[depth] = node;
    positions[depth] = 0;
    counts[depth] = 0;
    if (type.kind == Kind.CONTENT) {
      modes[depth] = Mode.TEXT;
      texts[depth] = type.children[0].simple;
    } else {
      modes[depth] = Mode.ELEMENTS;
      texts[depth] = null;
    }
    depth++;
  }

  /**
   * Opens a child of the element that is open now.
   *
   * @return the rule that is broken, or null when the child is in place and has been opened
   */
  String open(String name) {
    int top = depth - 1;
    ComplexType type = types[top];
    int index = type.indexOf(name);
    if (index == ComplexType.NONE) {
      return "element " + name + " is not allowed here; expected " + expected();
    }
    String broken = type.kind == Kind.CHOICE ? choose(top, type, index) : step(top, type, index);
    if (broken != null) {
      return broken;
    }
    Child child = type.children[index];
    ElementPaths.Node node = nodes[top] == null ? null : nodes[top].below(index);
    if (child.complex != null) {
      pushType(child.name, child.complex, node);
    } else {
      names[depth] = child.name;
      modes[depth] = Mode.TEXT;
      types[depth] = null;
      texts[depth] = child.simple;
      nodes[depth] = node;
      depth++;
    }
    return null;
  }

  private String step(int top, ComplexType type, int index) {
    int position = positions[top];
    if (index < position) {
      return "element " + type.children[index].name + " is out of order; expected " + expected();
    }
    if (index == position) {
      if (counts[top] == type.children[index].max) {
        return "element "
            + type.children[index].name
            + " occurs more than "
            + counts[top]
            + (counts[top] == 1 ? " time" : " times");
      }
      counts[top]++;
      return null;
    }
    int required = firstMissing(top, type);
    if (required < index) {
      return "element " + type.children[required].name + " is missing before " + names(type, index);
    }
    positions[top] = index;
    counts[top] = 1;
    return null;
  }

  private static String names(ComplexType type, int index) {
    return type.children[index].name;
  }

  private int firstMissing(int top, ComplexType type) {
    int position = positions[top];
    boolean unmet = position < type.children.length && counts[top] < type.children[position].min;
    return unmet ? position : type.requiredFrom(Math.min(position + 1, type.children.length));
  }

  private String choose(int top, ComplexType type, int index) {
    if (counts[top] > 0 && positions[top] != index) {
      return "element " + type.children[index].name + " after the other choice was taken";
    }
    if (counts[top] == type.children[index].max) {
      return "element " + type.children[index].name + " occurs more often than allowed";
    }
    positions[top] = index;
    counts[top]++;
    return null;
  }

  /** Counts an element that a wildcard allows; returns the rule that is broken or null. */
  String openAny(String name, String namespace) {
    int top = depth - 1;
    ComplexType type = types[top];
    if (!type.anyAllows(namespace)) {
      return "element " + name + " is not of a namespace that is allowed here";
    }
    if (counts[top] == type.anyMax) {
      return "element " + name + " is one more than allowed here";
    }
    counts[top]++;
    return null;
  }

  /** The rule that the open element breaks by ending now, or null. */
  String unfinished() {
    int top = depth - 1;
    ComplexType type = types[top];
    switch (type.kind) {
      case SEQUENCE -> {
        int missing = firstMissing(top, type);
        return missing < type.children.length
            ? "element " + type.children[missing].name + " is missing"
            : null;
      }
      case CHOICE -> {
        boolean met =
            counts[top] == 0
                ? type.mayBeEmptyChoice()
                : counts[top] >= type.children[positions[top]].min;
        return met ? null : "expected " + expected();
      }
      case ANY -> {
        return counts[top] < type.anyMin ? "an element is missing" : null;
      }
      default -> {
        return null;
      }
    }
  }

  private String expected() {
    int top = depth - 1;
    ComplexType type = types[top];
    StringBuilder names = new StringBuilder();
    int from = type.kind == Kind.CHOICE ? 0 : positions[top];
    int listed = 0;
    for (int i = from; i < type.children.length && listed < 8; i++) {
      Child child = type.children[i];
      boolean used = i == positions[top] && counts[top] > 0;
      if (used && counts[top] == child.max) {
        continue;
      }
      names.append(listed++ == 0 ? "" : ", ").append(child.name);
      if (type.kind == Kind.SEQUENCE && child.min > (used ? counts[top] : 0)) {
        break;
      }
    }
    return listed == 0 ? "no further element" : names.toString();
  }

  void pop() {
    depth--;
  }

  /** Element names from the root, separated by slashes; one without a name is not there. */
  String path() {
    StringBuilder path = new StringBuilder(depth * 12);
    for (int i = 0; i < depth; i++) {
      path.append(path.isEmpty() ? "" : "/").append(names[i]);
    }
    return path.toString();
  }
}
