-- Pictures that buyers give as evidence. The bytes stand in a table of their own, so that a list of pictures does not
-- read them. A case has at most nine: each takes one of its places.

create table evidence (
    evidence_id varchar(40)              not null,
    merchant_id varchar(64)              not null,
    media_type  varchar(20)              not null,
    byte_count  int                      not null,
    sha256      char(64)                 not null,
    uploaded_by varchar(64)              not null,
    uploaded_at timestamp with time zone not null,
    case_number varchar(20),
    place       int,
    attached_at timestamp with time zone,
    constraint evidence_pk primary key (evidence_id),
    constraint evidence_one_a_place unique (case_number, place),
    constraint evidence_at_most_nine check (place between 1 and 9),
    constraint evidence_attached check (
        (case_number is null and place is null and attached_at is null)
        or (case_number is not null and place is not null and attached_at is not null))
);
create index evidence_uploaded on evidence (uploaded_at);

create table evidence_picture (
    evidence_id varchar(40) not null,
    picture     bytea       not null,
    constraint evidence_picture_pk primary key (evidence_id),
    constraint evidence_picture_of foreign key (evidence_id) references evidence on delete cascade
);
