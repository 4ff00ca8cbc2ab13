-- An empty shop takes room before it sells anything, and there are thousands. These indexes did not earn theirs.

-- variants_options_key finds the variants of an article as well, and sorting those of one is quick.
drop index variants_product_idx;
-- Tens of rows, looked through once in a while: holds that may have run out, quotes that wait, runs.
drop index stock_holds_expires_idx;
drop index quotes_waiting_idx;
drop index runs_kind_idx;
-- A page of pictures counts them all: it may sort them as well.
drop index media_created_idx;
