DROP INDEX "postbacks_token";--> statement-breakpoint
DROP INDEX "postbacks_refused";--> statement-breakpoint
ALTER TABLE "project_counters" ADD COLUMN "bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "refused_body_days" integer DEFAULT 14 NOT NULL;--> statement-breakpoint
CREATE INDEX "postbacks_token" ON "postbacks" USING btree ("token_hash","invoice_id","received_at") WHERE token_hash is not null;--> statement-breakpoint
CREATE INDEX "postbacks_refused" ON "postbacks" USING btree ("project_id","received_at","id") WHERE outcome in ('refused', 'unreadable') and body is not null;