package io.aftersale.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The store of pictures. It looks at none of them and lets nobody see more than was asked for. */
@Repository
class EvidencePictures {
    private final JdbcClient jdbc;

    EvidencePictures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where a picture belongs; {@code caseNumber} is null until a case takes it. */
    record Owner(String merchantId, String caseNumber) {}

    record Stored(String merchantId, EvidenceView view, byte[] picture) {}

    @Transactional
    public void add(EvidenceView view, byte[] picture, String merchantId, String uploadedBy, Instant at) {
        jdbc.sql("""
                        insert into evidence (evidence_id, merchant_id, media_type, byte_count, sha256, uploaded_by,
                               uploaded_at)
                        values (:id, :merchantId, :mediaType, :bytes, :sha256, :uploadedBy, :at)
                        """)
                .param("id", view.id())
                .param("merchantId", merchantId)
                .param("mediaType", view.mediaType())
                .param("bytes", view.bytes())
                .param("sha256", view.sha256())
                .param("uploadedBy", uploadedBy)
                .param("at", Times.column(at))
                .update();
        jdbc.sql("insert into evidence_picture (evidence_id, picture) values (:id, :picture)")
                .param("id", view.id())
                .param("picture", picture)
                .update();
    }

    Optional<Stored> find(String id) {
        return jdbc.sql("""
                        select e.merchant_id, e.evidence_id, e.media_type, e.byte_count, e.sha256, p.picture
                        from evidence e
                        join evidence_picture p on p.evidence_id = e.evidence_id
                        where e.evidence_id = :id
                        """)
                .param("id", id)
                .query((row, n) -> new Stored(row.getString("merchant_id"), view(row, n), row.getBytes("picture")))
                .optional();
    }

    /** Keeps others from attaching or deleting the picture until the transaction ends. */
    Optional<Owner> lock(String id) {
        return jdbc.sql("select merchant_id, case_number from evidence where evidence_id = :id for update")
                .param("id", id)
                .query((row, n) -> new Owner(row.getString("merchant_id"), row.getString("case_number")))
                .optional();
    }

    /** @throws org.springframework.dao.DuplicateKeyException when another picture has the place */
    void attach(String id, String caseNumber, int place, Instant at) {
        jdbc.sql("""
                        update evidence set case_number = :caseNumber, place = :place, attached_at = :at
                        where evidence_id = :id
                        """)
                .param("caseNumber", caseNumber)
                .param("place", place)
                .param("at", Times.column(at))
                .param("id", id)
                .update();
    }

    /** In the order in which they were attached. */
    List<EvidenceView> of(String caseNumber) {
        return jdbc.sql("""
                        select evidence_id, media_type, byte_count, sha256 from evidence
                        where case_number = :caseNumber order by place
                        """)
                .param("caseNumber", caseNumber)
                .query(EvidencePictures::view)
                .list();
    }

    /** @return how many pictures there were that no case took */
    int deleteUnattached(Instant uploadedBefore) {
        return jdbc.sql("delete from evidence where case_number is null and uploaded_at < :before")
                .param("before", Times.column(uploadedBefore))
                .update();
    }

    private static EvidenceView view(ResultSet row, int n) throws SQLException {
        return new EvidenceView(
                row.getString("evidence_id"),
                row.getString("media_type"),
                row.getInt("byte_count"),
                row.getString("sha256"));
    }
}
