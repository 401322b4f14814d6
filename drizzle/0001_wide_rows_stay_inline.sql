-- A postback's sealed body and an invoice's state are some 2 KB: moved out of their rows, as PostgreSQL does from 2 KB on,
-- each costs an insert into a second table and its index, and ciphertext does not compress.
ALTER TABLE "postbacks" ALTER COLUMN "body" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "postbacks" SET (toast_tuple_target = 8160);--> statement-breakpoint
ALTER TABLE "invoices" ALTER COLUMN "people" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "invoices" SET (toast_tuple_target = 8160);
