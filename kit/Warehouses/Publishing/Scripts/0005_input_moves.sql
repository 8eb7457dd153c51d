-- The oldest version that may still write: 1.0
-- How the inputs of published runs compare with the blocks (one hour, day, week or month each) that their models were
-- trained on.

-- One row an input of a run. distance is that of what it holds from training, 0 alike and 1 nothing in common. beyond
-- is how unusual the most unusual of its distances is, in scales of the input beyond the mean of its season; moved_in
-- says which that is: values, lengths of texts, nulls or unseen levels. bar is how unusual the most unusual input was
-- in that of so many blocks of training than which only as many are more unusual as one run in a hundred would be by
-- chance; moved says whether this input is more unusual than that, and is null where that cannot be told.
CREATE TABLE trainyard.input_moves (
    pipeline text NOT NULL,
    run text NOT NULL,
    input text NOT NULL,
    distance double precision,
    beyond double precision,
    moved_in text,
    bar double precision,
    blocks integer,
    moved boolean,
    null_share double precision,
    trained_null_share double precision,
    unseen_share double precision,
    mean double precision,
    trained_mean double precision,
    PRIMARY KEY (pipeline, run, input)
);
