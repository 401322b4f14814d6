CREATE TABLE "search_index" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"version" integer NOT NULL,
	"after" uuid NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "search_index_one_row" CHECK ("search_index"."id" = 1)
);
