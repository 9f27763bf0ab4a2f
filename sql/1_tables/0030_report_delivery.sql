-- What became of each report's mail. A row is written before a message is handed over and another one after; the latest
-- version holds. So a restart never mails twice, and what was under way when the server died is known to be uncertain.
create table report_delivery
(
    report_id   LowCardinality(String)     comment 'Id of the report',
    slot_at     DateTime64(3, 'UTC')       comment 'Instant of the schedule the mail belongs to',
    recipient   String                     comment 'Address; empty in rows about the slot as a whole',
    status      Enum8(
        'waiting' = 1,
        'sending' = 2,
        'sent' = 3,
        'deferred' = 4,
        'refused' = 5,
        'failed' = 6,
        'uncertain' = 7,
        'missed' = 8
    )                                      comment 'waiting: not handed over yet, without a recipient: the schedule begins here; sending: handed over, no answer yet; sent; deferred: to be tried again; refused: 5xx or not allowed; failed: tries used up; uncertain: may have been sent, is not sent again; missed: slot passed while the server was down',
    attempt     UInt16                     comment 'Number of tries so far',
    detail      String                     comment 'What the mail server or the check said',
    message_id  String                     comment 'Message-ID header',
    changed_at  DateTime64(6, 'UTC')       comment 'When the row was written; the latest holds'
)
engine = ReplacingMergeTree(changed_at)
order by (report_id, slot_at, recipient)
comment 'Deliveries of e-mail reports';
