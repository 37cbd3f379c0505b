package io.aftersale.engine;

import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.history.event.HistoricFormPropertyEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricVariableUpdateEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.handler.DbHistoryEventHandler;

/**
 * Keeps what people write out of the engine's history. A flow that is started over the engine's REST has its words as
 * start variables, or as fields of a start form, until its first verb takes them away; without this they would stay in the
 * history for years.
 */
class WordlessHistory extends DbHistoryEventHandler {
    @Override
    public void handleEvent(HistoryEvent event) {
        if (!isAboutWords(event)) {
            super.handleEvent(event);
        }
    }

    @Override
    public void handleEvents(List<HistoryEvent> events) {
        super.handleEvents(events.stream().filter(event -> !isAboutWords(event)).collect(Collectors.toList()));
    }

    private static boolean isAboutWords(HistoryEvent event) {
        if (event instanceof HistoricFormPropertyEventEntity field) {
            return BodyGuard.FREE_TEXTS.contains(field.getPropertyId());
        }
        return event instanceof HistoricVariableUpdateEventEntity variable
                && BodyGuard.FREE_TEXTS.contains(variable.getVariableName());
    }
}
