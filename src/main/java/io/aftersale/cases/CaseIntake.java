package io.aftersale.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.problems.JsonProblems;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import org.springframework.stereotype.Service;

/**
 * Lets an application be a part of something greater: checked in full first, as its own call would, then begun by its
 * own flow under a number that is known beforehand. It starts nothing itself.
 */
@Service
public class CaseIntake {
    private final ObjectMapper json;
    private final Applications applications;
    private final CaseProcess process;
    private final CaseDesk desk;

    CaseIntake(ObjectMapper json, Applications applications, CaseProcess process, CaseDesk desk) {
        this.json = json;
        this.applications = applications;
        this.process = process;
        this.desk = desk;
    }

    /**
     * An application that nothing is wrong with.
     *
     * @param flow the process that it is for
     * @param variable what that process takes as its start variable {@code application}
     */
    public record Checked(String flow, Object variable) {}

    /**
     * Checks an application about an order, whose row it locks. The caller's transaction is rolled back when anything
     * else is wrong, and a card that came with the application goes with it.
     *
     * @throws Problem whatever is wrong with it
     */
    public Checked check(JsonNode body, String merchantId) {
        ApplicationBody read;
        try {
            read = json.convertValue(body, ApplicationBody.class);
        } catch (IllegalArgumentException unreadable) {
            throw JsonProblems.explain(unreadable);
        }
        if (read.merchantId() != null && !read.merchantId().equals(merchantId)) {
            throw new Problem(ProblemCode.FOREIGN_MERCHANT, "You do not act for this merchant.");
        }
        Kind kind = process.requireOffered(read.kind());
        var application = applications.read(read, kind, merchantId);
        desk.check(application, merchantId);
        return new Checked(kind.processKey(), application);
    }

    /** The number of the next case. */
    public String nextNumber() {
        return desk.nextNumber();
    }
}
