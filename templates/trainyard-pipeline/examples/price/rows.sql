-- One row a flat, when it is put on the market, with what a flat of its size would have brought at the square metre's
-- mean price in its district. That is of the half year before, and of what had been sold by then: not of what was on
-- the market then and has been sold since.
WITH listed AS (
    SELECT *
    FROM flats
    WHERE listed_at > {{ from }} AND listed_at <= {{ to }}
), others AS (
    SELECT listed.flat_id, avg(sold.price / sold.area) AS square_metre
    FROM listed
    JOIN flats AS sold
        ON sold.district = listed.district
        AND sold.sold_at <= listed.listed_at AND sold.sold_at >= listed.listed_at - INTERVAL '180 days'
    GROUP BY listed.flat_id
)
SELECT listed.flat_id, listed_at, district, area, rooms, floor, built, condition, balcony,
       area * square_metre AS price_of_others,
       -- Later sales do not count, so that a label is the same whenever one looks.
       CASE WHEN sold_at <= listed_at + INTERVAL '120 days' THEN price END AS price
FROM listed
LEFT JOIN others ON others.flat_id = listed.flat_id
