-- What the engine's own tables lack. Both are read all the time and grow slow with the work that waits.

-- Every completion of a task looks for subtasks.
create index if not exists aftersale_task_parent on act_ru_task (parent_task_id_);

-- Jobs are taken in the order in which they are due.
create index if not exists aftersale_job_due on act_ru_job (duedate_);
