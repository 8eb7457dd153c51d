-- One row a payment, with what was usual for its account in the 60 days before.
WITH recent AS (
    SELECT payments.*,
           avg(amount) OVER (
               PARTITION BY account ORDER BY paid_at
               RANGE BETWEEN INTERVAL '60 days' PRECEDING AND INTERVAL '1 second' PRECEDING
           ) AS usual
    FROM payments
    WHERE paid_at > {{ from }} - INTERVAL '60 days' AND paid_at <= {{ to }}
)
SELECT payment_id, paid_at, amount, merchant,
       amount / usual AS times_usual,
       CAST(extract(hour FROM paid_at AT TIME ZONE 'UTC') AS integer) AS hour,
       CASE WHEN country = home THEN 0 ELSE 1 END AS is_abroad
FROM recent
WHERE paid_at > {{ from }}
