CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"staff_id" uuid,
	"project_id" uuid,
	"action" text NOT NULL,
	"object" text,
	"detail" jsonb
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"invoice_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"status" text NOT NULL,
	"waybills" text[] NOT NULL,
	"failure_reasons" text[] NOT NULL,
	"carrier_code" text,
	"carrier_text" text,
	"recipient_name" text,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delivery_resolutions" (
	"delivery_id" uuid PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"failure_reasons" text[] NOT NULL,
	"note" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "export_presets" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"staff_id" uuid NOT NULL,
	"name" text NOT NULL,
	"view" text NOT NULL,
	"query" text NOT NULL,
	"monthly" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invoice_notes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"invoice_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invoices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"provider_invoice_id" text NOT NULL,
	"signer" text NOT NULL,
	"order_id" text,
	"status" text NOT NULL,
	"status_raw" text NOT NULL,
	"amount" numeric,
	"currency" text,
	"amount_usd" numeric,
	"is_test" boolean NOT NULL,
	"test_mode_known" boolean NOT NULL,
	"customer_name" text,
	"attention" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"paid_at" timestamp with time zone,
	"time_source" text,
	"updated_at" timestamp with time zone NOT NULL,
	"search" "tsvector" NOT NULL,
	"version" integer NOT NULL,
	"state" json NOT NULL,
	"people" "bytea",
	"encryption_key_id" text
);
--> statement-breakpoint
CREATE TABLE "postbacks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"invoice_id" uuid,
	"received_at" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"reason_field" text,
	"duplicate_of" uuid,
	"duplicates" integer DEFAULT 0 NOT NULL,
	"answer_status" smallint NOT NULL,
	"signer" text,
	"verified" text,
	"secret_id" uuid,
	"content_key" "bytea",
	"token_hash" "bytea",
	"position" integer,
	"flags" json DEFAULT '[]' NOT NULL,
	"changes" json,
	"event" json,
	"content_type" text,
	"user_agent" text,
	"body" "bytea",
	"encryption_key_id" text,
	"body_size" integer NOT NULL,
	"xact" bigint DEFAULT (pg_current_xact_id()::text)::bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "project_counters" (
	"project_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"count" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "project_counters_project_id_kind_hour_pk" PRIMARY KEY("project_id","kind","hour")
);
--> statement-breakpoint
CREATE TABLE "project_secrets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"signer" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"encryption_key_id" text NOT NULL,
	"hint" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ends_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"provider" text NOT NULL,
	"key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"time_zone" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "settings_one_row" CHECK ("settings"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text NOT NULL,
	"all_projects" boolean DEFAULT true NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff_projects" (
	"staff_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	CONSTRAINT "staff_projects_staff_id_project_id_pk" PRIMARY KEY("staff_id","project_id")
);
--> statement-breakpoint
CREATE TABLE "transactions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"invoice_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"amount" numeric NOT NULL,
	"currency" text,
	"amount_usd" numeric,
	"tx_hashes" text[] NOT NULL,
	"external_id" text,
	"is_test" boolean NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"time_source" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_resolutions" ADD CONSTRAINT "delivery_resolutions_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_resolutions" ADD CONSTRAINT "delivery_resolutions_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_presets" ADD CONSTRAINT "export_presets_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_notes" ADD CONSTRAINT "invoice_notes_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_notes" ADD CONSTRAINT "invoice_notes_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postbacks" ADD CONSTRAINT "postbacks_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postbacks" ADD CONSTRAINT "postbacks_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postbacks" ADD CONSTRAINT "postbacks_duplicate_of_postbacks_id_fk" FOREIGN KEY ("duplicate_of") REFERENCES "public"."postbacks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_counters" ADD CONSTRAINT "project_counters_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_secrets" ADD CONSTRAINT "project_secrets_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_projects" ADD CONSTRAINT "staff_projects_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_projects" ADD CONSTRAINT "staff_projects_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transactions" ADD CONSTRAINT "transactions_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_at" ON "audit_log" USING btree ("at" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_invoice" ON "deliveries" USING btree ("invoice_id");--> statement-breakpoint
CREATE INDEX "deliveries_updated" ON "deliveries" USING btree ("updated_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "deliveries_project_updated" ON "deliveries" USING btree ("project_id","updated_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "deliveries_status" ON "deliveries" USING btree ("status","updated_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "delivery_resolutions_created" ON "delivery_resolutions" USING btree ("created_at" DESC NULLS FIRST,"delivery_id" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "export_presets_name" ON "export_presets" USING btree ("staff_id","name");--> statement-breakpoint
CREATE INDEX "invoice_notes_invoice" ON "invoice_notes" USING btree ("invoice_id","created_at");--> statement-breakpoint
CREATE INDEX "invoices_created" ON "invoices" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "invoices_project_created" ON "invoices" USING btree ("project_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "invoices_status" ON "invoices" USING btree ("status","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "invoices_test" ON "invoices" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE is_test;--> statement-breakpoint
CREATE INDEX "invoices_attention" ON "invoices" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE cardinality(attention) > 0;--> statement-breakpoint
CREATE INDEX "invoices_unpaid" ON "invoices" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE paid_at is null;--> statement-breakpoint
CREATE INDEX "invoices_amount" ON "invoices" USING btree (coalesce("amount", 0) desc,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "invoices_search" ON "invoices" USING gin ("search") WITH (gin_pending_list_limit=512);--> statement-breakpoint
CREATE UNIQUE INDEX "postbacks_content" ON "postbacks" USING btree ("content_key") WHERE duplicate_of is null and content_key is not null;--> statement-breakpoint
CREATE INDEX "postbacks_received" ON "postbacks" USING btree ("received_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "postbacks_project_received" ON "postbacks" USING btree ("project_id","received_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "postbacks_invoice_position" ON "postbacks" USING btree ("invoice_id","position");--> statement-breakpoint
CREATE INDEX "postbacks_outcome" ON "postbacks" USING btree ("outcome","received_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE outcome <> 'accepted';--> statement-breakpoint
CREATE INDEX "postbacks_test" ON "postbacks" USING btree ("received_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE signer = 'test';--> statement-breakpoint
CREATE INDEX "postbacks_duplicate_of" ON "postbacks" USING btree ("duplicate_of") WHERE duplicate_of is not null;--> statement-breakpoint
CREATE INDEX "postbacks_token" ON "postbacks" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "postbacks_xact" ON "postbacks" USING btree ("xact");--> statement-breakpoint
CREATE INDEX "project_secrets_project" ON "project_secrets" USING btree ("project_id");--> statement-breakpoint
CREATE UNIQUE INDEX "projects_key" ON "projects" USING btree ("key");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_email" ON "staff" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "transactions_invoice" ON "transactions" USING btree ("invoice_id");--> statement-breakpoint
CREATE INDEX "transactions_project_occurred" ON "transactions" USING btree ("project_id","occurred_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "transactions_amount" ON "transactions" USING btree ("amount" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "transactions_kind" ON "transactions" USING btree ("kind","occurred_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE kind <> 'payment';--> statement-breakpoint
CREATE INDEX "transactions_test" ON "transactions" USING btree ("occurred_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE is_test;--> statement-breakpoint
CREATE INDEX "transactions_occurred" ON "transactions" USING btree ("occurred_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);