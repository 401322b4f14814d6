CREATE TABLE "used_tokens" (
	"token_hash" "bytea" NOT NULL,
	"invoice_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"is_long_lived" boolean NOT NULL,
	CONSTRAINT "used_tokens_token_hash_invoice_id_pk" PRIMARY KEY("token_hash","invoice_id")
);
--> statement-breakpoint
ALTER TABLE "used_tokens" ADD CONSTRAINT "used_tokens_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;