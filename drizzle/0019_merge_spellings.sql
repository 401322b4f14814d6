-- data migration: merge_spellings
CREATE TABLE "merged_invoices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"invoice_id" uuid NOT NULL,
	"project_id" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "merged_invoices" ADD CONSTRAINT "merged_invoices_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "merged_invoices_invoice" ON "merged_invoices" USING btree ("invoice_id");--> statement-breakpoint
-- A refused postback names a session in the one spelling by which the session is known.
UPDATE "postbacks" b SET "claimed_invoice_id" = lower(b."claimed_invoice_id") FROM "projects" p
 WHERE p."id" = b."project_id" AND p."provider" = 'novapay' AND b."claimed_invoice_id" IS NOT NULL
   AND b."claimed_invoice_id" <> lower(b."claimed_invoice_id");
