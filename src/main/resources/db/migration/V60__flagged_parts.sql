-- A reader may object to the follow-up or the merchant's reply as well as to the review itself.
alter table review_flag add column part varchar(10) default 'REVIEW' not null;

-- The low review that a feedback came of, for whoever answers it.
create index invitation_feedback on invitation (feedback_number);
