-- One inbox for everybody who tells us something unasked, and movements that every flow with goods uses.

-- What came, kept before it is answered, applied afterwards, never deleted. `facts` is what its handler understood of
-- it, as one JSON object of texts; `body` is for people to look at, with card numbers masked.
create table callback (
    sender      varchar(40)              not null,
    event_id    varchar(100)             not null,
    facts       varchar(4000)            not null,
    body        varchar(16384)           not null,
    received_at timestamp with time zone not null,
    state       varchar(20)              not null,
    note        varchar(500),
    tries       int                      not null default 0,
    due_at      timestamp with time zone not null,
    applied_at  timestamp with time zone,
    constraint callback_pk primary key (sender, event_id),
    constraint callback_state check (state in ('RECEIVED', 'APPLIED', 'UNKNOWN', 'UNREADABLE'))
);
create index callback_due on callback (sender, state, due_at);

-- Ids and words of payment events were checked against patterns before they were kept: no quote is among them.
insert into callback (sender, event_id, facts, body, received_at, state, note, tries, due_at, applied_at)
select sender, event_id,
       '{"eventId":"' || event_id || '"'
           || coalesce(',"key":"' || payout_id || '"', '')
           || coalesce(',"status":"' || said_status || '"', '')
           || coalesce(',"amountMinor":"' || cast(said_amount as varchar) || '"', '')
           || coalesce(',"currency":"' || said_currency || '"', '')
           || coalesce(',"refundId":"' || provider_ref || '"', '')
           || '}',
       body, received_at, case when state = 'UNKNOWN_PAYOUT' then 'UNKNOWN' else state end, note, tries, due_at,
       applied_at
from payment_event;
drop table payment_event;

alter table goods_movement rename to movement;
alter table movement rename column disposition to purpose;
-- Where a parcel goes, where the buyer named a place.
alter table movement add column address varchar(500);
create index movement_reference on movement (reference);
