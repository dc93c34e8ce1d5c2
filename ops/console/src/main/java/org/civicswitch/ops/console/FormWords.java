package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.List;

/** A form as a line for a shell. */
final class FormWords {
  private FormWords() {}

  /** What follows {@code operate} to do the same in a shell. */
  static String[] words(final ChangeForm form, final int operator) {
    final List<String> words = new ArrayList<>();
    switch (form.kind()) {
      case LIMIT -> {
        words.add("limit");
        option(words, form, ChangeForm.PARTICIPANT);
        option(words, form, ChangeForm.ASSET);
        option(words, form, ChangeForm.CAP);
        if (!form.field(ChangeForm.PAYMENT_MAX).isEmpty()) {
          option(words, form, ChangeForm.PAYMENT_MAX);
        }
      }
      case STATUS -> {
        words.add("status");
        words.add(form.field(ChangeForm.STATUS));
        option(words, form, ChangeForm.PARTICIPANT);
      }
      case LIQUIDITY -> {
        words.add("liquidity");
        words.add(form.field(ChangeForm.STEP));
        option(words, form, ChangeForm.PARTICIPANT);
        option(words, form, ChangeForm.ASSET);
        option(words, form, ChangeForm.AMOUNT);
        option(words, form, ChangeForm.REFERENCE);
      }
      case WINDOW -> words.addAll(List.of("window", "close", form.field(ChangeForm.WINDOW)));
      case SETTLEMENT_PROPOSAL -> {
        words.addAll(List.of("window", "propose", form.field(ChangeForm.WINDOW)));
        option(words, form, ChangeForm.REFERENCE);
      }
      case SETTLEMENT_CONFIRMATION -> {
        words.addAll(List.of("window", "confirm", form.field(ChangeForm.WINDOW)));
        option(words, form, ChangeForm.REFERENCE);
      }
      case SETTLEMENT -> words.addAll(List.of("window", "settle", form.field(ChangeForm.WINDOW)));
      case PARTICIPANT_DEFAULT -> {
        words.addAll(List.of("window", "default", form.field(ChangeForm.WINDOW)));
        option(words, form, ChangeForm.PARTICIPANT);
        if (!form.field(ChangeForm.COUNTERPARTY).isEmpty()) {
          option(words, form, ChangeForm.COUNTERPARTY);
        }
        option(words, form, ChangeForm.ASSET);
      }
      case SETTLEMENT_MODEL -> {
        words.addAll(List.of("model", "set", form.field(ChangeForm.MODEL)));
        option(words, form, ChangeForm.SCHEME);
        option(words, form, ChangeForm.ASSET);
        if (form.field(ChangeForm.UNCOVERED).equals("yes")) {
          words.add("--uncovered");
        }
      }
      case COLLATERAL -> {
        final boolean fund = form.field(ChangeForm.OWNER).equals(ChangeForm.DEFAULT_FUND);
        words.addAll(
            List.of(
                fund ? ChangeForm.DEFAULT_FUND : "collateral",
                "move",
                form.field(ChangeForm.STEP)));
        if (!fund) {
          words.add("--participant");
          words.add(form.field(ChangeForm.OWNER));
        }
        option(words, form, ChangeForm.ASSET);
        option(words, form, ChangeForm.AMOUNT);
        option(words, form, ChangeForm.REFERENCE);
      }
    }
    words.add("--operator");
    words.add(Integer.toString(operator));
    return words.toArray(String[]::new);
  }

  private static void option(final List<String> words, final ChangeForm form, final String name) {
    words.add("--" + name);
    words.add(form.field(name));
  }
}
