package org.civicswitch.gateway.iso20022.schema;

import java.util.HashMap;
import java.util.Map;

/**
 * The elements that a reader wants to be told about, bound to one definition so that following them
 * costs one array access per element. Immutable and safe for any thread.
 */
public final class ElementPaths {
  /** The id reported for elements inside a subtree that have no id of their own. */
  public static final int INSIDE = 0;

  private final Node root;

  private ElementPaths(Node root) {
    this.root = root;
  }

  Node root() {
    return root;
  }

  /** Starts a set of paths for this definition. */
  public static Builder of(MessageDefinition definition) {
    return new Builder(definition);
  }

  static final class Node {
    static final Node WITHIN = new Node(INSIDE, true, 0);

    int id;
    boolean subtree;
    final Node[] children;

    Node(int id, boolean subtree, int size) {
      this.id = id;
      this.subtree = subtree;
      this.children = new Node[size];
    }

    Node below(int index) {
      Node child = index < children.length ? children[index] : null;
      return child == null && subtree ? WITHIN : child;
    }

    boolean reported() {
      return id != INSIDE || subtree;
    }
  }

  /** Collects paths; not safe for several threads. */
  public static final class Builder {
    private final MessageDefinition definition;
    private final Node root;
    private final Map<Node, ComplexType> types = new HashMap<>();

    private Builder(MessageDefinition definition) {
      this.definition = definition;
      this.root = new Node(INSIDE, false, definition.root().children.length);
      types.put(root, definition.root());
    }

    /**
     * Reports one element, its attributes and its text.
     *
     * @param path element names below the root element, separated by slashes; a path that this
     *     definition does not have is ignored, since versions differ
     * @param id above zero, what the listener is told
     */
    public Builder element(String path, int id) {
      Node node = find(path);
      if (node != null) {
        node.id = id;
      }
      return this;
    }

    /** As {@link #element}, and everything below it too. */
    public Builder subtree(String path, int id) {
      Node node = find(path);
      if (node != null) {
        node.id = id;
        markBelow(node);
      }
      return this;
    }

    private static void markBelow(Node node) {
      node.subtree = true;
      for (Node child : node.children) {
        if (child != null) {
          markBelow(child);
        }
      }
    }

    private Node find(String path) {
      Node node = root;
      for (String name : path.split("/", -1)) {
        ComplexType type = types.get(node);
        int index = type == null ? ComplexType.NONE : type.indexOf(name);
        if (index == ComplexType.NONE) {
          return null;
        }
        if (node.children[index] == null) {
          ComplexType below = type.children[index].complex;
          Node child = new Node(INSIDE, node.subtree, below == null ? 0 : below.children.length);
          if (below != null) {
            types.put(child, below);
          }
          node.children[index] = child;
        }
        node = node.children[index];
      }
      return node;
    }

    /** The paths, bound. */
    public ElementPaths build() {
      return new ElementPaths(root);
    }

    /** The definition that the paths are bound to. */
    public MessageDefinition definition() {
      return definition;
    }
  }
}
