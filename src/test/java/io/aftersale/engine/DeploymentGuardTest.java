package io.aftersale.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.aftersale.support.Owner;
import io.aftersale.support.RunningApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * What an owner may get wrong in Modeler, each as a file that Modeler would save: refused over HTTP with one sentence
 * that names the element and the mend, and nothing of it is kept.
 */
@RunningApp
class DeploymentGuardTest {
    private static final String REFUND = Owner.file("refund.bpmn");
    private static final String AUDIT = Owner.file("parts/audit.bpmn");
    private static final String PAYOUT = Owner.file("parts/payout.bpmn");
    private static final String GOODS_BACK = Owner.file("parts/goods-back.bpmn");
    private static final String ELIGIBILITY = Owner.file("decisions/eligibility.dmn");
    private static final String DEADLINES = Owner.file("decisions/deadlines.dmn");
    private static final String AUDIT_ROUTING = Owner.file("decisions/audit-routing.dmn");
    private static final String AUDIT_FORM = Owner.file("forms/audit-application.form");
    private static final String VERB = "camunda:delegateExpression=\"${registerApplication}\"";
    private static final String APPROVED = "${auditOutcome == 'APPROVED'}";
    private static final String EVIDENCE = "<camunda:property name=\"stage\" value=\"evidence\" />";

    @LocalServerPort
    int port;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ProcessEngineConfiguration engine;

    @Autowired
    OwnAuthority authority;

    private Owner owner;

    @BeforeEach
    void take_a_seat() {
        owner = Owner.at(port);
    }

    static Stream<Arguments> diagrams() {
        return Stream.of(
                arguments(
                        "a verb on something else than a service task",
                        "try.bpmn",
                        flow(
                                "<bpmn:sendTask id=\"Task_Try\" camunda:delegateExpression=\"${issueRefund}\">",
                                "</bpmn:sendTask>"),
                        "Task_Try",
                        "put the verb on a task of its own"),
                arguments(
                        "a verb on an event",
                        "try.bpmn",
                        flow(
                                "<bpmn:intermediateThrowEvent id=\"Event_Try\" >",
                                "<bpmn:messageEventDefinition camunda:delegateExpression=\"${issueRefund}\" /></bpmn:intermediateThrowEvent>"),
                        "Event_Try",
                        "put the verb on a task of its own"),
                arguments(
                        "a timer that comes again at once, for ever",
                        "try.bpmn",
                        timer("<bpmn:timeCycle xsi:type=\"bpmn:tFormalExpression\">R/PT0S</bpmn:timeCycle>"),
                        "Event_Try",
                        "write it as R3/PT12H"),
                arguments(
                        "a duration that comes again",
                        "try.bpmn",
                        timer("<bpmn:timeDuration xsi:type=\"bpmn:tFormalExpression\">R/PT0S</bpmn:timeDuration>"),
                        "Event_Try",
                        "write a duration as PT6H"),
                arguments(
                        "a timer that comes again since long ago",
                        "try.bpmn",
                        timer(
                                "<bpmn:timeCycle xsi:type=\"bpmn:tFormalExpression\">R/0001-01-01T00:00:00/PT1M</bpmn:timeCycle>"),
                        "Event_Try",
                        "write it as R3/PT12H"),
                arguments(
                        "a loop without measure",
                        "try.bpmn",
                        looping(
                                "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type=\"bpmn:tFormalExpression\">1000000</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"),
                        "Task_Try",
                        "from 1 to 100"),
                arguments(
                        "a loop over what nothing sets",
                        "try.bpmn",
                        looping(
                                "<bpmn:multiInstanceLoopCharacteristics camunda:collection=\"parcels\" camunda:elementVariable=\"parcel\" />"),
                        "Task_Try",
                        "use one that a verb"),
                arguments(
                        "pauses that cannot be read",
                        "refund.bpmn",
                        extended(
                                "Call_Audit",
                                "<camunda:failedJobRetryTimeCycle>often</camunda:failedJobRetryTimeCycle>"),
                        "Call_Audit",
                        "write the pauses as"),
                arguments(
                        "another flow in the file of a part",
                        "payout.bpmn",
                        REFUND,
                        "refund",
                        "name the file refund.bpmn"),
                arguments("a file of another folder", "../refund.bpmn", REFUND, "refund", "name the file refund.bpmn"),
                arguments(
                        "a part that does not say any more how it ended",
                        "payout.bpmn",
                        with(PAYOUT, "${concludePayout}", "${remindAuditors}"),
                        "payout",
                        "put the step back"),
                arguments(
                        "a part that calls its caller",
                        "audit.bpmn",
                        with(
                                AUDIT,
                                "<bpmn:endEvent",
                                "<bpmn:callActivity id=\"Call_Refund\" calledElement=\"refund\"><bpmn:extensionElements><camunda:in businessKey=\"#{execution.processBusinessKey}\" /></bpmn:extensionElements></bpmn:callActivity><bpmn:endEvent"),
                        "Call_Refund",
                        "take it out"),
                arguments(
                        "a part of one merchant",
                        "refund.bpmn",
                        with(
                                REFUND,
                                "calledElement=\"audit\"",
                                "calledElement=\"audit\" camunda:calledElementTenantId=\"M-1\""),
                        "Call_Audit",
                        "parts serve all merchants"),
                arguments(
                        "something that a part does not give",
                        "refund.bpmn",
                        with(REFUND, "<camunda:out source=\"auditOutcome\"", "<camunda:out source=\"mood\""),
                        "Call_Audit",
                        "choose the template of the part"),
                arguments(
                        "a history that nobody can read",
                        "refund.bpmn",
                        REFUND.replaceFirst("historyTimeToLive=\"[^\"]*\"", "historyTimeToLive=\"forever\""),
                        "refund",
                        "P1200D"),
                arguments(
                        "a history that ends before the case",
                        "refund.bpmn",
                        REFUND.replaceFirst("historyTimeToLive=\"[^\"]*\"", "historyTimeToLive=\"P1D\""),
                        "refund",
                        "P1200D"),
                arguments(
                        "a diagram that its schema does not know",
                        "refund.bpmn",
                        with(REFUND, "<bpmn:endEvent", "<bpmn:lastEvent id=\"EndEvent_Last\" /><bpmn:endEvent"),
                        "(line ",
                        "save it in Modeler"),
                arguments(
                        "what only the engine finds",
                        "try.bpmn",
                        flow("<bpmn:sendTask id=\"Task_Try\">", "</bpmn:sendTask>"),
                        "line ",
                        "mend it in Modeler"),
                arguments(
                        "an unknown verb",
                        "refund.bpmn",
                        with(REFUND, VERB, "camunda:delegateExpression=\"${registerAplication}\""),
                        "Task_RegisterApplication",
                        "choose one from the templates"),
                arguments(
                        "no verb",
                        "refund.bpmn",
                        with(REFUND, VERB, ""),
                        "Task_RegisterApplication",
                        "choose the template of a verb"),
                arguments(
                        "a bean that is no verb",
                        "refund.bpmn",
                        with(REFUND, VERB, "camunda:delegateExpression=\"${showCase}\""),
                        "Task_RegisterApplication",
                        "choose the template of a verb"),
                arguments(
                        "a Java class",
                        "refund.bpmn",
                        with(REFUND, VERB, "camunda:class=\"com.example.Register\""),
                        "Task_RegisterApplication",
                        "choose the template of a verb"),
                arguments(
                        "an expression as a verb",
                        "refund.bpmn",
                        with(REFUND, VERB, "camunda:expression=\"${execution.setVariable('x', 1)}\""),
                        "Task_RegisterApplication",
                        "choose the template of a verb"),
                arguments(
                        "a script",
                        "refund.bpmn",
                        extended(
                                "Call_Audit",
                                "<camunda:executionListener event=\"start\"><camunda:script scriptFormat=\"groovy\">1</camunda:script></camunda:executionListener>"),
                        "Call_Audit",
                        "choose the template of a verb"),
                arguments(
                        "a script task",
                        "try.bpmn",
                        flow("<bpmn:scriptTask id=\"Task_Try\" scriptFormat=\"groovy\">", "</bpmn:scriptTask>"),
                        "Task_Try",
                        "choose the template of a verb"),
                arguments(
                        "a connector",
                        "refund.bpmn",
                        extended(
                                "Call_Audit",
                                "<camunda:connector><camunda:connectorId>http-connector</camunda:connectorId></camunda:connector>"),
                        "Call_Audit",
                        "choose the template of a verb"),
                arguments(
                        "an outside worker",
                        "refund.bpmn",
                        with(REFUND, VERB, "camunda:type=\"external\" camunda:topic=\"register\""),
                        "Task_RegisterApplication",
                        "choose the template of a verb"),
                arguments(
                        "a condition that reaches a bean",
                        "refund.bpmn",
                        with(REFUND, APPROVED, "${accounts.all}"),
                        "Flow_AuditApproved",
                        "use variables of the case"),
                arguments(
                        "a condition that calls a verb",
                        "refund.bpmn",
                        with(REFUND, APPROVED, "${issueRefund.execute(execution)}"),
                        "Flow_AuditApproved",
                        "use variables of the case"),
                arguments(
                        "a condition that reaches Java",
                        "refund.bpmn",
                        with(REFUND, APPROVED, "${auditOutcome['class'].name == 'x'}"),
                        "Flow_AuditApproved",
                        "use variables of the case"),
                arguments(
                        "a condition that calls an unknown function",
                        "refund.bpmn",
                        with(REFUND, APPROVED, "${exit(1)}"),
                        "Flow_AuditApproved",
                        "use variables of the case"),
                arguments(
                        "a condition that cannot be read",
                        "refund.bpmn",
                        with(REFUND, APPROVED, "${auditOutcome == 'APPROVED'"),
                        "Flow_AuditApproved",
                        "use variables of the case"),
                arguments(
                        "a condition in another language",
                        "refund.bpmn",
                        with(
                                REFUND,
                                "xsi:type=\"bpmn:tFormalExpression\">${auditOutcome",
                                "xsi:type=\"bpmn:tFormalExpression\" language=\"groovy\">${auditOutcome"),
                        "Flow_AuditApproved",
                        "choose the type Expression"),
                arguments(
                        "a variable that nothing sets",
                        "refund.bpmn",
                        with(REFUND, APPROVED, "${auditOutcom == 'APPROVED'}"),
                        "Flow_AuditApproved",
                        "use one that a verb or an answer sets"),
                arguments(
                        "a condition without braces",
                        "refund.bpmn",
                        with(REFUND, APPROVED, "auditOutcome == 'APPROVED'"),
                        "Flow_AuditApproved",
                        "write it as ${…}"),
                arguments(
                        "an in mapping that reaches the engine",
                        "refund.bpmn",
                        with(
                                REFUND,
                                "<camunda:out source=\"auditOutcome\" target=\"auditOutcome\" />",
                                "<camunda:in sourceExpression=\"${execution.processEngineServices}\" target=\"x\" /><camunda:out source=\"auditOutcome\" target=\"auditOutcome\" />"),
                        "Call_Audit",
                        "use variables of the case"),
                arguments(
                        "an output that reaches Java",
                        "audit.bpmn",
                        with(
                                AUDIT,
                                "<camunda:outputParameter name=\"auditDecision\">${decision}",
                                "<camunda:outputParameter name=\"auditDecision\">${decision.getClass().name}"),
                        "Task_AuditApplication",
                        "use variables of the case"),
                arguments(
                        "a timer that reaches Java",
                        "audit.bpmn",
                        with(AUDIT, ">${escalateAt}<", ">${escalateAt.class.name}<"),
                        "Definition_Event_AuditEscalationDue",
                        "use variables of the case"),
                arguments(
                        "a timer that is no time",
                        "audit.bpmn",
                        with(AUDIT, ">${escalateAt}<", ">in 6 hours<"),
                        "Event_AuditEscalationDue",
                        "write a duration as PT6H"),
                arguments(
                        "an assignment that reaches a bean",
                        "audit.bpmn",
                        with(AUDIT, "camunda:assignee=\"${reviewer}\"", "camunda:assignee=\"${accounts.me}\""),
                        "Task_AuditApplication",
                        "use variables of the case"),
                arguments(
                        "a listener that is a verb",
                        "refund.bpmn",
                        extended(
                                "Call_Audit",
                                "<camunda:executionListener event=\"end\" delegateExpression=\"${remindAuditors}\" />"),
                        "Call_Audit",
                        "put the verb on a task of its own"),
                arguments(
                        "a listener that is an expression",
                        "refund.bpmn",
                        extended(
                                "Call_Audit",
                                "<camunda:executionListener event=\"end\" expression=\"${execution.id}\" />"),
                        "Call_Audit",
                        "choose the template of a verb"),
                arguments(
                        "an error that the flow itself does not catch",
                        "refund.bpmn",
                        endingInError(REFUND, "EndEvent_Rejected"),
                        "EndEvent_Rejected",
                        "put an error boundary event"),
                arguments(
                        "an error of a part that its callers do not catch",
                        "audit.bpmn",
                        endingInError(AUDIT, "EndEvent_Rejected"),
                        "EndEvent_Rejected",
                        "catch it there with an error boundary event first"),
                arguments(
                        "an outside verb in the transaction of others",
                        "payout.bpmn",
                        with(PAYOUT, " camunda:asyncAfter=\"true\"", ""),
                        "Task_IssueRefund",
                        "tick both Asynchronous before and Asynchronous after"),
                arguments(
                        "a gateway that waits without a status",
                        "audit.bpmn",
                        with(AUDIT, "<camunda:property name=\"status\" value=\"AWAITING_EVIDENCE\" />", ""),
                        "Gateway_AwaitEvidence",
                        "choose the template"),
                arguments(
                        "a gateway that waits without a deadline",
                        "audit.bpmn",
                        with(AUDIT, EVIDENCE, ""),
                        "Gateway_AwaitEvidence",
                        "choose the template"),
                arguments(
                        "a stage that deadlines does not know",
                        "audit.bpmn",
                        with(AUDIT, EVIDENCE, EVIDENCE.replace("evidence", "photos")),
                        "Gateway_AwaitEvidence",
                        "deploy deadlines.dmn first"),
                arguments(
                        "a user task without a status",
                        "audit.bpmn",
                        with(AUDIT, "<camunda:property name=\"status\" value=\"DISPUTED\" />", ""),
                        "Task_ArbitrateDispute",
                        "choose the template"),
                arguments(
                        "a receive task without a deadline",
                        "payout.bpmn",
                        with(PAYOUT, "<camunda:property name=\"stage\" value=\"payout\" />", ""),
                        "Task_AwaitSettlement",
                        "choose the template"),
                arguments(
                        "a user task without an end",
                        "goods-back.bpmn",
                        GOODS_BACK.replaceFirst(
                                "(?s)<bpmn:timerEventDefinition id=\"Definition_Event_InspectionOverdue\">.*?</bpmn:timerEventDefinition>",
                                "<bpmn:messageEventDefinition id=\"Definition_Event_InspectionOverdue\" messageRef=\"Message_GoodsShipped\" />"),
                        "Task_InspectGoods",
                        "put a timer event on its edge"),
                arguments(
                        "an event that waits without a status",
                        "try.bpmn",
                        flow(
                                "<bpmn:intermediateCatchEvent id=\"Event_Try\"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type=\"bpmn:tFormalExpression\">PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>",
                                "</bpmn:intermediateCatchEvent>"),
                        "Event_Try",
                        "choose the template"),
                arguments(
                        "a user task that nobody answers",
                        "audit.bpmn",
                        AUDIT.replace("Task_ArbitrateDispute", "Task_DecideDispute"),
                        "Task_DecideDispute",
                        "choose the template of a user task"),
                arguments(
                        "a form that is not there",
                        "audit.bpmn",
                        with(AUDIT, "formRef=\"confirm-audit\"", "formRef=\"confirm-audits\""),
                        "Task_ConfirmAudit",
                        "deploy it first"),
                arguments(
                        "a form of the same deployment",
                        "audit.bpmn",
                        with(AUDIT, "camunda:formRefBinding=\"latest\"", "camunda:formRefBinding=\"deployment\""),
                        "Task_AuditApplication",
                        "set the binding to latest"),
                arguments(
                        "a part that is not there",
                        "refund.bpmn",
                        with(REFUND, "calledElement=\"payout\"", "calledElement=\"payouts\""),
                        "Call_Payout",
                        "deploy it first"),
                arguments(
                        "a part without the case number",
                        "refund.bpmn",
                        with(REFUND, "<camunda:in businessKey=\"#{execution.processBusinessKey}\" />", ""),
                        "Call_Audit",
                        "choose the template of the part"),
                arguments(
                        "a table that is not there",
                        "try.bpmn",
                        flow(
                                "<bpmn:businessRuleTask id=\"Task_Try\" camunda:decisionRef=\"eligibilty\" camunda:mapDecisionResult=\"singleEntry\" camunda:resultVariable=\"x\">",
                                "</bpmn:businessRuleTask>"),
                        "Task_Try",
                        "deploy it first"),
                arguments(
                        "an unknown view",
                        "audit.bpmn",
                        with(AUDIT, "name=\"view\" value=\"showCase\"", "name=\"view\" value=\"showcase\""),
                        "Task_AuditApplication",
                        "take the one that its template sets"),
                arguments(
                        "no time to live",
                        "refund.bpmn",
                        with(REFUND, " camunda:historyTimeToLive=\"P1200D\"", ""),
                        "refund",
                        "set History time to live"));
    }

    static Stream<Arguments> tablesAndForms() {
        String fromLastRow = "(?s)<rule id=\"rule_input_missing\">.*?</rule>";
        return Stream.of(
                arguments(
                        "no row that catches all",
                        "eligibility.dmn",
                        ELIGIBILITY.replaceFirst(fromLastRow, ""),
                        "row ",
                        "end the table with a row that leaves every input empty"),
                arguments(
                        "UNIQUE",
                        "eligibility.dmn",
                        with(ELIGIBILITY, "hitPolicy=\"FIRST\"", "hitPolicy=\"UNIQUE\""),
                        "hit policy",
                        "set it to FIRST"),
                arguments(
                        "the hit policy of Modeler",
                        "deadlines.dmn",
                        with(DEADLINES, " hitPolicy=\"FIRST\"", ""),
                        "hit policy",
                        "set it to FIRST"),
                arguments(
                        "a shorter window than the law's",
                        "eligibility.dmn",
                        ofRule(ELIGIBILITY, "rule_no_reason_return_in_window", "[0..7]", "[0..5]"),
                        "row ",
                        "give the buyer at least that"),
                arguments(
                        "a shorter window for faults",
                        "eligibility.dmn",
                        ofRule(ELIGIBILITY, "rule_quality_money_back_in_window", "[0..7]", "[0..5]"),
                        "row ",
                        "give the buyer at least that"),
                arguments(
                        "less time to object",
                        "deadlines.dmn",
                        ofRule(DEADLINES, "rule_objection", "\"P7D\"", "\"P3D\""),
                        "rule_objection",
                        "give the buyer at least that"),
                arguments(
                        "no time to live",
                        "eligibility.dmn",
                        ELIGIBILITY.replaceFirst(" camunda:historyTimeToLive=\"[^\"]*\"", ""),
                        "'eligibility'",
                        "set History time to live"),
                arguments(
                        "a verdict with a typing error",
                        "eligibility.dmn",
                        with(ELIGIBILITY, "<text>\"APPROVE\"</text>", "<text>\"APROVE\"</text>"),
                        "row 2",
                        "choose one of APPROVE, AUDIT, REJECT"),
                arguments(
                        "a deadline with a typing error",
                        "deadlines.dmn",
                        with(DEADLINES, "<text>\"PT48H\"</text>", "<text>\"48H\"</text>"),
                        "row 1",
                        "hours as PT48H"),
                arguments(
                        "another name for an output",
                        "eligibility.dmn",
                        with(ELIGIBILITY, "name=\"legalBasis\"", "name=\"basisInLaw\""),
                        "legalBasis",
                        "put the column back"),
                arguments(
                        "a fact that nobody tells",
                        "eligibility.dmn",
                        with(ELIGIBILITY, "<text>dayNo</text>", "<text>days</text>"),
                        "'days'",
                        "use one of"),
                arguments(
                        "a cell that is no FEEL",
                        "eligibility.dmn",
                        with(ELIGIBILITY, "<text>[0..7]</text>", "<text>0 to 7</text>"),
                        "row ",
                        "0 to 7"),
                arguments(
                        "a word that no flow knows",
                        "audit-routing.dmn",
                        AUDIT_ROUTING.replace("\"reviewers\"", "\"strangers\""),
                        "strangers",
                        "choose one of reviewers"),
                arguments(
                        "a word of the candidate's own list",
                        "eligibility.dmn",
                        ELIGIBILITY.replace("\"AUDIT\"", "\"PERHAPS\""),
                        "PERHAPS",
                        "choose one of APPROVE, AUDIT, REJECT"),
                arguments(
                        "no verdict",
                        "eligibility.dmn",
                        with(ELIGIBILITY, "<text>\"AUDIT\"</text>", "<text></text>"),
                        "row 1",
                        "choose one of APPROVE, AUDIT, REJECT"),
                arguments(
                        "a verdict that is worked out",
                        "eligibility.dmn",
                        with(ELIGIBILITY, "<text>\"AUDIT\"</text>", "<text>kind</text>"),
                        "row 1",
                        "choose one of APPROVE, AUDIT, REJECT"),
                arguments(
                        "three approvals",
                        "audit-routing.dmn",
                        with(AUDIT_ROUTING, "<text>2</text>", "<text>3</text>"),
                        "gives approvals '3'",
                        "from 0 to 2"),
                arguments(
                        "more deducted than there is",
                        "inspection-deduction.dmn",
                        Owner.file("decisions/inspection-deduction.dmn")
                                .replace("<text>1000</text>", "<text>2000</text>"),
                        "gives deductionPerMille '2000'",
                        "from 0 to 1000"),
                arguments(
                        "money for what the table does not know",
                        "eligibility.dmn",
                        lastRow(ELIGIBILITY, "\"AUDIT\"", "\"APPROVE\""),
                        "row 24",
                        "give the case to a person"),
                arguments(
                        "a wait of no time",
                        "deadlines.dmn",
                        with(DEADLINES, "<text>\"PT48H\"</text>", "<text>\"PT0S\"</text>"),
                        "row 1",
                        "some time"),
                arguments(
                        "a wait of ages",
                        "deadlines.dmn",
                        with(DEADLINES, "<text>\"PT48H\"</text>", "<text>\"P999999999D\"</text>"),
                        "row 1",
                        "some time"),
                arguments(
                        "a reminder after the end",
                        "deadlines.dmn",
                        with(DEADLINES, "<text>\"PT24H\"</text>", "<text>\"PT240H\"</text>"),
                        "row 1",
                        "write a shorter time"),
                arguments(
                        "a table under another name",
                        "deadlines.dmn",
                        ELIGIBILITY,
                        "eligibility",
                        "name the file eligibility.dmn"),
                arguments(
                        "a form under another name",
                        "confirm-audit.form",
                        AUDIT_FORM,
                        "audit-application",
                        "name the file audit-application.form"),
                arguments(
                        "a page that runs",
                        "audit-application.form",
                        component(
                                "{\"type\": \"html\", \"id\": \"Field_Page\", \"content\": \"<img src=x onerror=alert(1)>\"}"),
                        "'Field_Page'",
                        "show text"),
                arguments(
                        "a picture of another site",
                        "audit-application.form",
                        component(
                                "{\"type\": \"image\", \"id\": \"Field_Picture\", \"source\": \"https://example.com/a.png\"}"),
                        "'Field_Picture'",
                        "an address of ours"),
                arguments(
                        "two fields of one key",
                        "audit-application.form",
                        component("{\"type\": \"textfield\", \"id\": \"Field_Twice\", \"key\": \"remark\"}"),
                        "'remark'",
                        "take one of them out"),
                arguments(
                        "two components of one id",
                        "audit-application.form",
                        component(
                                "{\"type\": \"spacer\", \"id\": \"Twice\"}, {\"type\": \"spacer\", \"id\": \"Twice\"}"),
                        "'Twice'",
                        "another id"),
                arguments(
                        "a form without its question",
                        "audit-application.form",
                        AUDIT_FORM.replace("\"key\": \"decision\"", "\"key\": \"remark\""),
                        "'decision'",
                        "put it back"),
                arguments(
                        "a form of Camunda 8",
                        "audit-application.form",
                        with(AUDIT_FORM, "Camunda Platform", "Camunda Cloud"),
                        "Camunda 8",
                        "as a Camunda 7 form"),
                arguments(
                        "a form without an end",
                        "audit-application.form",
                        "{\"id\":\"audit-application\",\"components\":" + "[{\"components\":".repeat(2000) + "[]"
                                + "}]".repeat(2000) + "}",
                        "nested too deeply",
                        "save it"),
                arguments(
                        "a component that Tasklist cannot show",
                        "audit-application.form",
                        component("{\"type\": \"filepicker\", \"id\": \"Field_Photo\", \"key\": \"photo\"}"),
                        "'photo'",
                        "take it out"),
                arguments(
                        "money as a number",
                        "audit-application.form",
                        component("{\"type\": \"number\", \"id\": \"Field_Sum\", \"key\": \"amountMinor\"}"),
                        "'amountMinor'",
                        "choose a text field"),
                arguments(
                        "a field that nobody takes",
                        "audit-application.form",
                        component("{\"type\": \"textfield\", \"id\": \"Field_Mood\", \"key\": \"mood\"}"),
                        "'mood'",
                        "use one of"),
                arguments(
                        "a form without an id",
                        "audit-application.form",
                        with(AUDIT_FORM, "\"id\": \"audit-application\"", "\"id\": \"\""),
                        "no id",
                        "give the form the id"),
                arguments(
                        "a form that is torn",
                        "audit-application.form",
                        AUDIT_FORM.substring(0, 200),
                        "JSON",
                        "save it"),
                arguments("a table that is torn", "eligibility.dmn", ELIGIBILITY.substring(0, 900), "line", "save it"),
                arguments("a diagram that is torn", "refund.bpmn", REFUND.substring(0, 2000), "line", "save it"),
                arguments("a web page", "page.html", "<html></html>", "neither", "deploy these only"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"diagrams", "tablesAndForms"})
    void what_could_not_work_is_refused_with_the_element_and_the_mend(
            String name, String file, String content, String element, String mend) {
        long before = count();

        var answer = owner.deploys(file, content);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("model-refused");
        assertThat(answer.json().path("detail").asText())
                .startsWith(file + " is refused: ")
                .contains(element, mend)
                .endsWith(".")
                .doesNotContain("null", "Exception", "\n");
        assertThat(answer.json().path("message").asText())
                .as("what Modeler shows")
                .isEqualTo(answer.json().path("detail").asText());
        assertThat(count()).isEqualTo(before);
    }

    static List<Path> packagedFiles() {
        try (Stream<Path> files = Files.walk(Path.of("bpmn"))) {
            return files.filter(file -> file.toString().matches(".*\\.(bpmn|dmn|form)"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @MethodSource("packagedFiles")
    void every_packaged_file_is_taken_alone(Path file) throws IOException {
        var answer = owner.deploys(file.getFileName().toString(), Files.readString(file) + "\n");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        authority.run(() -> repository.deleteDeployment(answer.json().path("id").asText(), true));
    }

    @Test
    void what_was_deployed_before_a_rule_came_still_serves_its_cases() {
        var bare = Bpmn.createExecutableProcess("bare")
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .userTask("Task_WithoutStatus")
                .endEvent()
                .done();
        String id = authority.call(() -> repository
                .createDeployment()
                .addModelInstance("bare.bpmn", bare)
                .deploy()
                .getId());
        try {
            ((ProcessEngineConfigurationImpl) engine).getDeploymentCache().discardProcessDefinitionCache();

            String started = authority.call(
                    () -> runtime.startProcessInstanceByKey("bare").getId());

            assertThat(started).isNotBlank();
        } finally {
            authority.run(() -> repository.deleteDeployment(id, true));
        }
    }

    private static String with(String text, String what, String instead) {
        assertThat(text).contains(what);
        int at = text.indexOf(what);
        return text.substring(0, at) + instead + text.substring(at + what.length());
    }

    /** The refund with one more extension on an element. */
    private static String extended(String element, String extension) {
        int at = REFUND.indexOf("<bpmn:extensionElements>", REFUND.indexOf("id=\"" + element + "\""));
        return REFUND.substring(0, at)
                + with(REFUND.substring(at), "<bpmn:extensionElements>", "<bpmn:extensionElements>" + extension);
    }

    /** A diagram in which an end event ends in an error. */
    private static String endingInError(String diagram, String end) {
        int at = diagram.indexOf("</bpmn:endEvent>", diagram.indexOf("id=\"" + end + "\""));
        String text = diagram.substring(0, at)
                + "<bpmn:errorEventDefinition id=\"Definition_Refused\" errorRef=\"Error_Refused\" />"
                + diagram.substring(at);
        return with(
                text,
                "<bpmndi:BPMNDiagram",
                "<bpmn:error id=\"Error_Refused\" name=\"Refused\" errorCode=\"application-refused\" /><bpmndi:BPMNDiagram");
    }

    /** A first try of somebody's own: start, one element, end. */
    private static String flow(String opening, String closing) {
        String id = opening.replaceFirst("(?s).*?id=\"(\\w+)\".*", "$1");
        boolean isEvent = opening.contains("Event ");
        String ways = "<bpmn:incoming>In</bpmn:incoming><bpmn:outgoing>Out</bpmn:outgoing>";
        String element = isEvent ? opening.replaceFirst(">", ">" + ways) + closing : opening + ways + closing;
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" \
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="http://bpmn.io/schema/bpmn">
                  <bpmn:process id="try" isExecutable="true" camunda:historyTimeToLive="P180D">
                    <bpmn:startEvent id="StartEvent_Try"><bpmn:outgoing>In</bpmn:outgoing></bpmn:startEvent>
                    %s
                    <bpmn:endEvent id="EndEvent_Try"><bpmn:incoming>Out</bpmn:incoming></bpmn:endEvent>
                    <bpmn:sequenceFlow id="In" sourceRef="StartEvent_Try" targetRef="%s" />
                    <bpmn:sequenceFlow id="Out" sourceRef="%s" targetRef="EndEvent_Try" />
                  </bpmn:process>
                </bpmn:definitions>
                """.formatted(element, id, id);
    }

    /** Somebody's own diagram that waits for a time. */
    private static String timer(String time) {
        return with(
                flow(
                        "<bpmn:intermediateCatchEvent id=\"Event_Try\">",
                        "<bpmn:timerEventDefinition>" + time
                                + "</bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"),
                "<bpmn:incoming>In",
                "<bpmn:extensionElements><camunda:properties><camunda:property name=\"status\" value=\"PAYING\" />"
                        + "</camunda:properties></bpmn:extensionElements><bpmn:incoming>In");
    }

    private static String looping(String loop) {
        return flow(
                "<bpmn:serviceTask id=\"Task_Try\" camunda:delegateExpression=\"${remindAuditors}\">",
                loop + "</bpmn:serviceTask>");
    }

    private static String lastRow(String table, String what, String instead) {
        int at = table.lastIndexOf(what);
        return table.substring(0, at) + instead + table.substring(at + what.length());
    }

    private static String ofRule(String table, String rule, String what, String instead) {
        int at = table.indexOf("<rule id=\"" + rule + "\">");
        return table.substring(0, at) + with(table.substring(at), what, instead);
    }

    private static String component(String json) {
        return AUDIT_FORM.replaceFirst("\"components\"\\s*:\\s*\\[", "\"components\": [" + json + ",");
    }

    private long count() {
        return authority.call(() -> repository.createDeploymentQuery().count());
    }
}
