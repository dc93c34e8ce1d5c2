package org.civicswitch.ops.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A new event that nobody thought of here fails. */
class EventCoverageTest {
  private static final int OUTCOME = 100;

  @Test
  void everyEventOfTheSchemaIsProjectedOrNotNeededWithAReason() throws Exception {
    final EventRows rows = new EventRows(new Batch());
    final Map<Integer, String> events = events();
    assertThat(events).as("events in the schema").hasSizeGreaterThanOrEqualTo(25);
    events.forEach(
        (template, name) ->
            assertThat(
                    rows.templates().contains(template)
                        ^ EventRows.NOT_NEEDED.containsKey(template))
                .as(
                    "%s (%d) becomes rows in EventRows or stands in NOT_NEEDED, one of both",
                    name, template)
                .isTrue());
    assertThat(events.keySet()).containsAll(rows.templates());
    assertThat(events.keySet()).containsAll(EventRows.NOT_NEEDED.keySet());
    assertThat(EventRows.NOT_NEEDED.values())
        .allSatisfy(why -> assertThat(why).hasSizeGreaterThan(20));
  }

  private static Map<Integer, String> events() throws Exception {
    final NodeList messages =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(Path.of("../../switch-core/src/main/sbe/switch.xml").toFile())
            .getElementsByTagName("sbe:message");
    final Map<Integer, String> events = new TreeMap<>();
    for (int i = 0; i < messages.getLength(); i++) {
      final Element message = (Element) messages.item(i);
      final int id = Integer.parseInt(message.getAttribute("id"));
      if (id > OUTCOME) {
        events.put(id, message.getAttribute("name"));
      }
    }
    return events;
  }
}
