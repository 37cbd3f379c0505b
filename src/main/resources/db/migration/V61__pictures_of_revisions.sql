-- Nine pictures are for one text of a review: its edits and its follow-up have nine of their own.
alter table evidence drop constraint evidence_at_most_nine;
alter table evidence add constraint evidence_at_most
    check (place between 1 and 9 or (case_number like 'RV-%' and place between 10 and 100));
