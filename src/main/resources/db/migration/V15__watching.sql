-- What is counted again and again by those who watch.
create index deadline_overdue on deadline (closed_at, due_at);
create index payout_status on payout (status);
