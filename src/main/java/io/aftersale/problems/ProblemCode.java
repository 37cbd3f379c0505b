package io.aftersale.problems;

import java.util.Locale;

/**
 * Every way a call can be refused: the stable code that clients program against, its HTTP status and its title. A code
 * is public API: it is never renamed; docs/problems.md has one heading for each.
 */
public enum ProblemCode {
    ALREADY_DISPUTED(409, "The case was disputed once already"),
    ALREADY_EXTENDED(409, "The wait was extended once already"),
    ALREADY_FLAGGED(409, "This reader has flagged the review already"),
    ALREADY_FOLLOWED_UP(409, "The review was followed up already"),
    ALREADY_RATED(409, "The buyer has answered this once already"),
    ALREADY_REPLIED(409, "The review was replied to already"),
    ALREADY_REVIEWED(409, "The order line was reviewed already"),
    AMOUNT_EXCEEDS_PAID(409, "More would be given back than was paid"),
    AMOUNT_EXCEEDS_REFUNDABLE(422, "The amount is above what can be refunded"),
    AMOUNT_INVALID(422, "The amount is not a positive whole number of minor units"),
    APPLICATIONS_USED_UP(409, "The case has taken all its applications"),
    BUYER_NOT_FOUND(404, "There is no such order or case of this buyer"),
    CANDIDATE_NOT_SUPPORTED(422, "The candidate does what tables here do not"),
    CANDIDATE_NOT_XML(422, "The candidate is not plain XML"),
    CANDIDATE_OTHER_TABLE(422, "The candidate is not this table"),
    CANDIDATE_TOO_SLOW(422, "The candidate takes too long to answer"),
    CANDIDATE_UNREADABLE(422, "The candidate cannot be read as a decision table"),
    CARD_NUMBER_INVALID(422, "The card number is not one"),
    CARD_NUMBER_NOT_HERE(422, "Card numbers are not taken here"),
    CARD_UNKNOWN(422, "There is no such card"),
    CASE_NOT_FOUND(404, "There is no such case"),
    CONCURRENT_CHANGE(409, "Somebody else changed this at the same time"),
    CURSOR_INVALID(400, "The cursor is not one that this list gave out"),
    DIFFERENCE_NOT_EXACT(422, "The amount is not the difference that is owed"),
    EVIDENCE_NOT_A_PICTURE(422, "The file is not a picture that is taken"),
    EVIDENCE_NOT_FOUND(404, "There is no such picture"),
    EVIDENCE_TAKEN(409, "The picture is on another case"),
    EVIDENCE_TOO_DETAILED(422, "The picture has too many pixels"),
    EVIDENCE_TOO_MANY(422, "The case has no room for more pictures"),
    EVIDENCE_UNKNOWN(422, "There is no such picture"),
    EXPRESSION_REFUSED(400, "Expressions are not taken from outside"),
    FEEDBACK_NOT_FOUND(404, "There is no such feedback"),
    FIELD_INVALID(422, "A field has a value that is not allowed"),
    FIELD_MISSING(422, "A required field is missing"),
    FIELD_UNKNOWN(400, "A field is not known here"),
    FLOW_NOT_FOUND(404, "There is no such flow, or no such version of it"),
    FOLLOW_UP_WINDOW_OVER(422, "It is too late to follow the review up"),
    FOREIGN_MERCHANT(403, "You do not act for this merchant"),
    HANDLING_NOT_FOUND(404, "There is no such handling"),
    HANDLING_REFUSED(422, "A part of the handling is refused, so all of it is"),
    IDEMPOTENCY_KEY_INVALID(400, "The Idempotency-Key is missing or not usable"),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key belongs to another request"),
    INCIDENT_NOT_FOUND(404, "There is no such incident"),
    INTERNAL_ERROR(500, "Something went wrong on our side"),
    INVITATION_NOT_FOUND(404, "There is no such invitation of this buyer"),
    LINE_UNKNOWN(422, "The order has no such line"),
    LOGIN_REQUIRED(401, "A login is required"),
    MALFORMED_REQUEST(400, "The request cannot be read"),
    METHOD_NOT_ALLOWED(405, "This method is not offered here"),
    MIGRATION_NOT_FOUND(404, "There is no such migration"),
    MIGRATION_NOT_MAPPING(409, "Some running cases have no place in the other version"),
    MODEL_REFUSED(422, "A diagram, table or form could not work as it is"),
    NOT_ACCEPTABLE(406, "This representation is not offered"),
    NOT_ALLOWED(403, "Your role does not allow this"),
    NOTHING_TO_MIGRATE(409, "No case runs on this version"),
    NOTHING_TO_REFUND(422, "Nothing of this can be refunded"),
    ORDER_AMOUNTS_DIFFER(422, "The amounts of the order do not add up"),
    ORDER_CONFLICT(409, "The order cannot be changed in this way"),
    ORDER_NOT_COMPLETED(422, "The order has not been completed"),
    ORDER_NOT_FOUND(404, "There is no such order"),
    ORDER_NOT_PAID(422, "The order has not been paid"),
    PARCEL_UNKNOWN(404, "Nobody waits for this parcel"),
    PAYMENT_REFERENCE_TAKEN(409, "The payment belongs to another case"),
    PAYOUT_NOT_FOUND(404, "There is no such payout"),
    PROVIDER_SILENT(503, "The payment provider does not answer"),
    QUANTITY_EXCEEDS_BOUGHT(422, "The quantity is above what was bought"),
    REASON_NOT_FITTING(422, "The reason does not fit the order"),
    REQUEST_STILL_RUNNING(409, "The same request is still being worked on"),
    REQUEST_TOO_LARGE(413, "The request is too large"),
    RESOURCE_NOT_FOUND(404, "There is nothing at this address"),
    REVIEW_NOT_ALLOWED(422, "The rules do not allow this review"),
    REVIEW_NOT_FOUND(404, "There is no such review"),
    REVIEW_WINDOW_OVER(422, "It is too late to review this"),
    SAME_PERSON(403, "Somebody else must decide this"),
    SIGNATURE_INVALID(401, "The signature is missing or wrong"),
    STARS_INVALID(422, "Stars are whole numbers from 1 to 5"),
    TABLE_NOT_FOUND(404, "There is no such decision table"),
    TASK_ALREADY_CLAIMED(409, "The task is in somebody else's hands"),
    TASK_NOT_FOUND(404, "There is no such task"),
    TASK_NOT_YOURS(403, "The task is not in your hands"),
    TEXT_INVALID(422, "A text is too long or has characters that are not allowed"),
    TOO_MANY_LOGINS(429, "Too many wrong logins from this address"),
    TRACKING_NUMBER_TAKEN(409, "The parcel belongs to another case"),
    UNITS_NOT_AVAILABLE(409, "The units are under an open case or used up"),
    UNSUPPORTED_MEDIA_TYPE(415, "This content type is not taken here"),
    WHAT_IF_BUSY(429, "Others are trying out tables at this moment"),
    WRONG_STATE(409, "The case is in a state that does not allow this");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The code in kebab case, as it stands in {@code type} and {@code code} of an answer. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
