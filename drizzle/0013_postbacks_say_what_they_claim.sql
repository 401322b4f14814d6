ALTER TABLE "postbacks" ADD COLUMN "claimed_order_id" text;--> statement-breakpoint
ALTER TABLE "postbacks" ADD COLUMN "claimed_status" text;--> statement-breakpoint
ALTER TABLE "postbacks" ADD COLUMN "claimed_amount" text;--> statement-breakpoint
ALTER TABLE "postbacks" ADD COLUMN "claimed_currency" text;--> statement-breakpoint
ALTER TABLE "postbacks" ADD COLUMN "claimed_search" "tsvector";--> statement-breakpoint
ALTER TABLE "postbacks" ADD COLUMN "refused_reason" text;--> statement-breakpoint
ALTER TABLE "postbacks" ADD COLUMN "rechecked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "postbacks" ADD COLUMN "rechecked_by" uuid;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "recheck_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "postbacks" ADD CONSTRAINT "postbacks_rechecked_by_staff_id_fk" FOREIGN KEY ("rechecked_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "postbacks_claimed_order" ON "postbacks" USING btree ("claimed_order_id","project_id") WHERE claimed_search is not null;--> statement-breakpoint
CREATE INDEX "postbacks_claimed_search" ON "postbacks" USING gin ("claimed_search") WITH (gin_pending_list_limit=512) WHERE claimed_search is not null;