ALTER TABLE "postbacks" ADD COLUMN "body_hash" "bytea";--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "raw_body_days" integer DEFAULT 180;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "bodies_gone_before" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "names_searchable" boolean DEFAULT true NOT NULL;