-- One row a ticket, as it was opened. Its label is the team that solved it: the one that has it in the meantime is
-- where somebody has put it, and may be what a model said. What was solved after more than two weeks has none, so that
-- a label is the same whenever one looks.
SELECT ticket_id, opened_at, channel, subject, body,
       CASE WHEN solved_at <= opened_at + INTERVAL '14 days' THEN queue END AS queue
FROM tickets
WHERE opened_at > {{ from }} AND opened_at <= {{ to }}
