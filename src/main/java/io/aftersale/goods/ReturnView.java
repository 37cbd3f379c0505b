package io.aftersale.goods;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.orders.OrderBook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** What the person who inspects sees of a return, and the list that waits to be filled in. Nothing of it is read back. */
@Component
class ReturnView {
    private final ReturnAuthorizations returns;
    private final CaseFiles files;
    private final OrderBook orders;
    private final ObjectMapper json;

    ReturnView(ReturnAuthorizations returns, CaseFiles files, OrderBook orders, ObjectMapper json) {
        this.returns = returns;
        this.files = files;
        this.orders = orders;
        this.json = json;
    }

    String parcel(String caseNumber) {
        var it = returns.find(caseNumber).orElseThrow();
        return write(Map.of(
                "authorization", it.number(),
                "carrier", Objects.toString(it.carrier(), ""),
                "trackingNumber", Objects.toString(it.trackingNumber(), "")));
    }

    /** One entry for each line, to be counted. */
    String toCount(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        var order = orders.find(file.merchantId(), file.orderId());
        List<Map<String, Object>> list = file.lineIds().stream()
                .map(lineId -> {
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("lineId", lineId);
                    line.put("title", order.requireLine(lineId).title());
                    line.put("expected", String.valueOf(file.quantityOf(lineId)));
                    return line;
                })
                .toList();
        return write(list);
    }

    private String write(Object view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Plain texts can be written", impossible);
        }
    }
}
