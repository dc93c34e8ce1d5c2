package org.civicswitch.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StateSpaceTest {
  @Test
  void oneImageAtATime() {
    final StateSpace space = new StateSpace();
    space.add("a", 2, 10);
    final StateSpace.Image image = space.freeze();
    assertThatThrownBy(space::freeze).isInstanceOf(IllegalStateException.class);
    image.close();
    space.freeze().close();
  }

  @Test
  void imageIsWrittenOnce() {
    final StateSpace space = new StateSpace();
    space.add("a", 2, 10);
    try (StateSpace.Image image = space.freeze()) {
      assertThatThrownBy(image::stateHash).isInstanceOf(IllegalStateException.class);
      image.writeTo(new HeapSnapshot());
      assertThat(image.stateHash()).isEqualTo(space.stateHash());
      assertThatThrownBy(() -> image.writeTo(new HeapSnapshot()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void namesAreUnique() {
    final StateSpace space = new StateSpace();
    space.add("a", 2, 10);
    assertThatThrownBy(() -> space.add("a", 4, 10)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void loadRefusesAnotherShape() {
    final StateSpace space = new StateSpace();
    space.add("a", 2, 10).allocate();
    final HeapSnapshot snapshot = new HeapSnapshot();
    try (StateSpace.Image image = space.freeze()) {
      image.writeTo(snapshot);
    }
    final StateSpace renamed = new StateSpace();
    renamed.add("b", 2, 10);
    assertThatThrownBy(() -> renamed.load(snapshot.rewind())).hasMessageContaining("section b");
    final StateSpace wider = new StateSpace();
    wider.add("a", 4, 10);
    assertThatThrownBy(() -> wider.load(snapshot.rewind())).hasMessageContaining("another size");
    final StateSpace longer = new StateSpace();
    longer.add("a", 2, 10);
    longer.add("b", 2, 10);
    assertThatThrownBy(() -> longer.load(snapshot.rewind())).hasMessageContaining("the end");
  }

  @Test
  void aLoadThatFailsAtItsEndChangesNothing() {
    final StateSpace space = new StateSpace();
    space.add("a", 2, 10).allocate();
    space.add("b", 2, 10).allocate();
    final HeapSnapshot snapshot = new HeapSnapshot();
    try (StateSpace.Image image = space.freeze()) {
      image.writeTo(snapshot);
    }
    snapshot.putLong(1);
    final StateSpace other = new StateSpace();
    other.add("a", 2, 99);
    other.add("b", 2, 99);
    final long before = other.stateHash();
    assertThatThrownBy(() -> other.load(snapshot)).hasMessageContaining("to its end");
    assertThat(other.stateHash()).isEqualTo(before);
  }

  @Test
  void loadBringsTheCapacityOfTheSnapshot() {
    final StateSpace space = new StateSpace();
    space.add("a", 2, 10).allocate();
    final HeapSnapshot snapshot = new HeapSnapshot();
    try (StateSpace.Image image = space.freeze()) {
      image.writeTo(snapshot);
    }
    final StateSpace other = new StateSpace();
    final RecordStore store = other.add("a", 2, 99);
    other.load(snapshot);
    assertThat(store.capacity()).isEqualTo(10);
    assertThat(other.stateHash()).isEqualTo(space.stateHash());
  }

  @Test
  void pageIsCopiedOnceAndOnlyWhileItIsNeeded() {
    final StateSpace space = new StateSpace();
    final RecordStore store = space.add("a", 2, 10);
    store.allocate();
    final StateSpace.Image image = space.freeze();
    store.set(1, 0, 1);
    store.set(1, 0, 2);
    assertThat(image.copiedBytes()).isEqualTo(RecordStore.PAGE_WORDS * 8L);
    image.writeTo(new HeapSnapshot());
    image.close();
    final StateSpace.Image second = space.freeze();
    second.writeTo(new HeapSnapshot());
    store.set(1, 0, 3);
    assertThat(second.copiedBytes()).isZero();
    second.close();
  }
}
