package org.civicswitch.gateway.iso20022.schema;

import java.util.Arrays;
import java.util.List;

/**
 * What an element may contain. Children are found by one probe of a small table; what a sequence
 * still requires is looked up, not searched.
 */
final class ComplexType {
  enum Kind {
    SEQUENCE,
    CHOICE,
    /** Text with attributes; {@code children[0]} carries the text type. */
    CONTENT,
    ANY
  }

  static final int UNBOUNDED = Integer.MAX_VALUE;
  static final int NONE = -1;

  /** A child element: exactly one of {@code complex} and {@code simple} is set after linking. */
  static final class Child {
    final String name;
    final String typeName;
    final int min;
    final int max;
    ComplexType complex;
    SimpleType simple;

    Child(String name, String typeName, int min, int max) {
      this.name = name;
      this.typeName = typeName;
      this.min = min;
      this.max = max;
    }
  }

  /** An attribute without namespace. */
  static final class Attribute {
    final String name;
    final String typeName;
    final boolean required;
    SimpleType type;

    Attribute(String name, String typeName, boolean required) {
      this.name = name;
      this.typeName = typeName;
      this.required = required;
    }
  }

  final String name;
  final Kind kind;
  final Child[] children;
  final Attribute[] attributes;
  final int anyMin;
  final int anyMax;
  final boolean anyLax;
  final String anyNamespace;
  private final int[] table;
  private final int mask;
  private final int[] nextRequired;

  ComplexType(String name, Kind kind, List<Child> children, List<Attribute> attributes) {
    this(name, kind, children, attributes, 0, 0, false, "");
  }

  ComplexType(String name, int anyMin, int anyMax, boolean anyLax, String anyNamespace) {
    this(name, Kind.ANY, List.of(), List.of(), anyMin, anyMax, anyLax, anyNamespace);
  }

  private ComplexType(
      String name,
      Kind kind,
      List<Child> children,
      List<Attribute> attributes,
      int anyMin,
      int anyMax,
      boolean anyLax,
      String anyNamespace) {
    this.name = name;
    this.kind = kind;
    this.children = children.toArray(new Child[0]);
    this.attributes = attributes.toArray(new Attribute[0]);
    this.anyMin = anyMin;
    this.anyMax = anyMax;
    this.anyLax = anyLax;
    this.anyNamespace = anyNamespace;
    int size = Integer.highestOneBit(Math.max(1, this.children.length * 2)) * 2;
    mask = size - 1;
    table = new int[size];
    Arrays.fill(table, NONE);
    for (int i = 0; i < this.children.length; i++) {
      int slot = this.children[i].name.hashCode() & mask;
      while (table[slot] != NONE) {
        slot = (slot + 1) & mask;
      }
      table[slot] = i;
    }
    nextRequired = new int[this.children.length + 1];
    int next = this.children.length;
    for (int i = this.children.length; i >= 0; i--) {
      nextRequired[i] = next;
      if (i > 0 && this.children[i - 1].min > 0) {
        next = i - 1;
      }
    }
  }

  /** The type of the text of an element with attributes, or null. */
  SimpleType textType() {
    return kind == Kind.CONTENT ? children[0].simple : null;
  }

  /** Index of the child of this name, or {@link #NONE}. */
  int indexOf(String child) {
    int slot = child.hashCode() & mask;
    while (table[slot] != NONE) {
      if (children[table[slot]].name.equals(child)) {
        return table[slot];
      }
      slot = (slot + 1) & mask;
    }
    return NONE;
  }

  /** The first required child at or behind {@code from}; the number of children when none is. */
  int requiredFrom(int from) {
    return nextRequired[from];
  }

  /** Whether a choice may be left empty because one of its alternatives may. */
  boolean mayBeEmptyChoice() {
    for (Child child : children) {
      if (child.min == 0) {
        return true;
      }
    }
    return children.length == 0;
  }

  /** Whether an element of this namespace may stand where this type allows any element. */
  boolean anyAllows(String namespace) {
    return anyNamespace.equals("##any") || anyNamespace.equals(namespace);
  }
}
