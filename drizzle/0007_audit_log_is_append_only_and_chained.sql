-- Whoever writes an act need not know the role: it is that of the moment.
CREATE FUNCTION "public"."audit_log_fill"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
begin
  if new.role is null and new.staff_id is not null then
    select s.role into new.role from staff s where s.id = new.staff_id;
  end if;
  return new;
end $$;--> statement-breakpoint
CREATE TRIGGER "audit_log_fill" BEFORE INSERT ON "audit_log" FOR EACH ROW EXECUTE FUNCTION "public"."audit_log_fill"();--> statement-breakpoint
-- One link after the other, whoever writes. It runs at the end of the transaction, when it waits for nothing else any more,
-- so that no order of locks can make two writers wait for each other; the primary key refuses what would still be a fork.
-- Its own rights: the application's role writes no link.
CREATE FUNCTION "public"."audit_log_link"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
declare
  last_position bigint := 0;
  last_hash bytea := decode(repeat('00', 32), 'hex');
begin
  perform pg_advisory_xact_lock(7229155208);
  select c.position, c.hash into last_position, last_hash from audit_chain c order by c.position desc limit 1;
  last_position := coalesce(last_position, 0) + 1;
  last_hash := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
  -- lib/audit/verify.ts says the same, so that a function somebody changed does not vouch for itself.
  insert into audit_chain (position, entry_id, previous_hash, hash)
  values (last_position, new.id, last_hash, sha256(last_hash || convert_to(jsonb_build_array(
    last_position, new.id, to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), new.staff_id, new.role,
    new.project_id, new.action, new.object, new.before, new.after, new.detail, new.address, new.request_id)::text, 'UTF8')));
  return null;
end $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION "public"."audit_log_link"() FROM PUBLIC;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_log_link" AFTER INSERT ON "audit_log" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION "public"."audit_log_link"();--> statement-breakpoint
CREATE FUNCTION "public"."refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;--> statement-breakpoint
CREATE TRIGGER "audit_log_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_log"
  FOR EACH STATEMENT EXECUTE FUNCTION "public"."refuse_change"();--> statement-breakpoint
CREATE TRIGGER "audit_chain_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_chain"
  FOR EACH STATEMENT EXECUTE FUNCTION "public"."refuse_change"();--> statement-breakpoint
-- What was written before there was a chain.
DO $$
declare
  entry audit_log;
  link_position bigint := 0;
  link_hash bytea := decode(repeat('00', 32), 'hex');
  next_hash bytea;
begin
  for entry in select * from audit_log order by at, id loop
    link_position := link_position + 1;
    next_hash := sha256(link_hash || convert_to(jsonb_build_array(
      link_position, entry.id, to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), entry.staff_id,
      entry.role, entry.project_id, entry.action, entry.object, entry.before, entry.after, entry.detail, entry.address,
      entry.request_id)::text, 'UTF8'));
    insert into audit_chain (position, entry_id, previous_hash, hash)
    values (link_position, entry.id, link_hash, next_hash);
    link_hash := next_hash;
  end loop;
end $$;
