CREATE TABLE "people_lookup_counts" (
	"staff_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"count" integer NOT NULL,
	"address" text,
	CONSTRAINT "people_lookup_counts_staff_id_kind_since_pk" PRIMARY KEY("staff_id","kind","since")
);
--> statement-breakpoint
CREATE TABLE "people_lookups" (
	"staff_id" uuid PRIMARY KEY NOT NULL,
	"lookups" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "people_lookup_counts" ADD CONSTRAINT "people_lookup_counts_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people_lookups" ADD CONSTRAINT "people_lookups_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE cascade ON UPDATE no action;