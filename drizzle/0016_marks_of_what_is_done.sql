CREATE TABLE "invoice_marks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"invoice_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"done" boolean NOT NULL,
	"note" text NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"xact" bigint DEFAULT (pg_current_xact_id()::text)::bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "invoice_marks" ADD CONSTRAINT "invoice_marks_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_marks" ADD CONSTRAINT "invoice_marks_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_marks" ADD CONSTRAINT "invoice_marks_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "invoice_marks_invoice" ON "invoice_marks" USING btree ("invoice_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "invoice_marks_xact" ON "invoice_marks" USING btree ("xact");--> statement-breakpoint
-- Before, a note written since the invoice last changed took it off the list; for a hold only one written after it lapsed.
INSERT INTO "invoice_marks" ("id", "invoice_id", "project_id", "staff_id", "done", "note", "version", "created_at")
SELECT gen_random_uuid(), i."id", i."project_id", n."staff_id", true, '', i."version", n."created_at"
FROM "invoices" i
JOIN LATERAL (
	SELECT "staff_id", "created_at" FROM "invoice_notes" WHERE "invoice_id" = i."id" ORDER BY "created_at" DESC LIMIT 1
) n ON n."created_at" >= i."updated_at" + CASE WHEN i."status" = 'on_hold' THEN interval '29 days' ELSE interval '0' END
WHERE i."status" IN ('partial', 'overpaid', 'on_hold') OR cardinality(i."attention") > 0;
