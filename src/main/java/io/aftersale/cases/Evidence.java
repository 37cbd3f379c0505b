package io.aftersale.cases;

import io.aftersale.access.Caller;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * The pictures that buyers give as evidence: taken in by themselves, then attached to a case by their ids. A picture
 * belongs to one merchant and at most one case (or one review), and is never changed. It judges nothing, and no case needs one.
 */
@Service
public class Evidence {
    /** The database holds to it too: a case has nine places. */
    static final int MOST_OF_A_CASE = 9;

    static final Duration UNATTACHED_KEPT = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);
    private static final Pattern ID = Pattern.compile("EV-[0-9a-f]{32}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EvidencePictures pictures;
    private final Clock clock;

    Evidence(EvidencePictures pictures, Clock clock) {
        this.pictures = pictures;
        this.clock = clock;
    }

    /** @throws Problem EVIDENCE_NOT_A_PICTURE, EVIDENCE_TOO_DETAILED */
    EvidenceView take(String merchantId, String uploadedBy, byte[] file) {
        var picture = EvidencePicture.of(file);
        byte[] bytes = picture.bytes();
        var view = new EvidenceView(newId(), picture.format().mediaType(), bytes.length, sha256(bytes));
        pictures.add(view, bytes, merchantId, uploadedBy, clock.instant());
        return view;
    }

    /** @throws Problem EVIDENCE_NOT_FOUND also when it belongs to a merchant that the caller does not act for */
    EvidencePictures.Stored read(Caller caller, String id) {
        if (isId(id)) {
            var found = pictures.find(id);
            if (found.isPresent() && caller.merchants().contains(found.get().merchantId())) {
                return found.get();
            }
        }
        throw new Problem(ProblemCode.EVIDENCE_NOT_FOUND, "There is no such picture.");
    }

    /**
     * Puts pictures on a case, in the caller's transaction. One that is on the case already stays where it is.
     *
     * @param ids may repeat one
     * @return the pictures that were meant, each once
     * @throws Problem EVIDENCE_UNKNOWN for one that is not this merchant's, EVIDENCE_TAKEN for one on another case,
     *     EVIDENCE_TOO_MANY for the tenth
     */
    public List<String> attach(String merchantId, String caseNumber, List<String> ids) {
        return attach(merchantId, caseNumber, ids, MOST_OF_A_CASE);
    }

    /** The same where many texts under one number may have pictures, each its own; {@code most} is for all of them. */
    public List<String> attach(String merchantId, String caseNumber, List<String> ids, int most) {
        var meant = new LinkedHashSet<>(ids);
        if (!meant.stream().allMatch(Evidence::isId)) {
            throw unknown();
        }
        // Everybody locks in the same order, so that nobody waits for each other.
        Set<String> added = meant.stream()
                .sorted()
                .filter(id -> isToBeAdded(merchantId, caseNumber, id))
                .collect(Collectors.toSet());
        int place = added.isEmpty() ? 0 : pictures.of(caseNumber).size();
        if (place + added.size() > most) {
            throw refuse(ProblemCode.EVIDENCE_TOO_MANY, "At most " + most + " pictures may be attached.");
        }
        try {
            for (String id : meant) {
                if (added.contains(id)) {
                    pictures.attach(id, caseNumber, ++place, clock.instant());
                }
            }
        } catch (DuplicateKeyException raced) {
            throw new Problem(
                    ProblemCode.REQUEST_STILL_RUNNING,
                    "Another request adds pictures to the same case; please try again.");
        }
        return List.copyOf(meant);
    }

    /**
     * Whether pictures may go on a new case; puts them nowhere.
     *
     * @throws Problem EVIDENCE_UNKNOWN, EVIDENCE_TAKEN, EVIDENCE_TOO_MANY
     */
    public void check(String merchantId, List<String> ids) {
        var meant = new LinkedHashSet<>(ids);
        if (!meant.stream().allMatch(Evidence::isId)) {
            throw unknown();
        }
        meant.stream().sorted().forEach(id -> isToBeAdded(merchantId, null, id));
        if (meant.size() > MOST_OF_A_CASE) {
            throw refuse(ProblemCode.EVIDENCE_TOO_MANY, "At most " + MOST_OF_A_CASE + " pictures may be attached.");
        }
    }

    /** In the order in which they were attached. */
    List<EvidenceView> of(String caseNumber) {
        return pictures.of(caseNumber);
    }

    /** Forgets uploads that no case took within {@link #UNATTACHED_KEPT}. Every node may do it at the same time. */
    @Scheduled(cron = "0 30 3 * * *")
    void forgetUnattached() {
        int forgotten = pictures.deleteUnattached(clock.instant().minus(UNATTACHED_KEPT));
        if (forgotten > 0) {
            LOG.info("Forgot {} pictures that no case took", forgotten);
        }
    }

    private boolean isToBeAdded(String merchantId, String caseNumber, String id) {
        var owner = pictures.lock(id)
                .filter(found -> found.merchantId().equals(merchantId))
                .orElseThrow(Evidence::unknown);
        if (owner.caseNumber() != null && !owner.caseNumber().equals(caseNumber)) {
            throw refuse(ProblemCode.EVIDENCE_TAKEN, "One of the pictures is on another case.");
        }
        return owner.caseNumber() == null;
    }

    private static Problem unknown() {
        return refuse(ProblemCode.EVIDENCE_UNKNOWN, "One of the pictures is not known here.");
    }

    private static Problem refuse(ProblemCode code, String detail) {
        return new Problem(code, detail).with("field", "evidence");
    }

    private static boolean isId(String id) {
        return id != null && ID.matcher(id).matches();
    }

    private static String newId() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return "EV-" + HexFormat.of().formatHex(bytes);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
