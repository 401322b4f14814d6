ALTER TABLE "projects" ADD COLUMN "digest_key" "bytea";--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "encryption_key_id" text;