-- What has changed of the subjects of a batch, and since when: what a subject contributes before that is as it was.
drop table batch_change;

create table batch_change
(
    subject_id  String                comment 'Resolved subject and + or -',
    changed     UInt32                comment 'What differs between before and after the run, a bit for each facet; all bits if everything counts as changed',
    since       DateTime64(3, 'UTC')  comment 'Before this instant nothing of it differs'
)
engine = Memory
comment 'What of the subjects of a batch has changed';

drop table batch_journey_change;

create table batch_journey_change
(
    subject_id     String                comment 'Resolved subject and + or -',
    model_id       String                comment 'As in subject_journey',
    model_version  UInt32                comment 'As in subject_journey',
    since          DateTime64(3, 'UTC')  comment 'Before this instant its visits do not differ'
)
engine = Memory
comment 'In which models the visits of the subjects of a batch have changed';
