CREATE TABLE "claims_index" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"after" uuid NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "claims_index_one_row" CHECK ("claims_index"."id" = 1)
);
