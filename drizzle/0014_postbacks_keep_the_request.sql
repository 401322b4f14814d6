ALTER TABLE "postbacks" ADD COLUMN "request" "bytea";--> statement-breakpoint
ALTER TABLE "postbacks" ADD COLUMN "request_key_id" text;--> statement-breakpoint
ALTER TABLE "project_counters" ADD COLUMN "last_user_agent" text;--> statement-breakpoint
ALTER TABLE "postbacks" ALTER COLUMN "request" SET STORAGE EXTERNAL;