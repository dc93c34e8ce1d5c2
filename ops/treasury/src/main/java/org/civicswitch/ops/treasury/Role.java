package org.civicswitch.ops.treasury;

import java.util.Locale;
import java.util.Set;
import org.civicswitch.core.protocol.RolesEncoder;

/** What an operator may sign. */
public enum Role {
  PLATFORM,
  SETTLEMENT,
  PROGRAMME,
  APPROVER,
  IDENTITY,
  BREAK_GLASS;

  /** As people type it: {@code break-glass}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static void put(final Set<Role> roles, final RolesEncoder encoder) {
    encoder
        .clear()
        .pLATFORM(roles.contains(PLATFORM))
        .sETTLEMENT(roles.contains(SETTLEMENT))
        .pROGRAMME(roles.contains(PROGRAMME))
        .aPPROVER(roles.contains(APPROVER))
        .iDENTITY(roles.contains(IDENTITY))
        .bREAK_GLASS(roles.contains(BREAK_GLASS));
  }
}
