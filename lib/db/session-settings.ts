/**
 * What everything here relies on of a session, whatever `alter role … set` or `alter database … set` say: how values are
 * written and read, which tables a name means, and that nothing ends a statement but its own time limit.
 */
const RELIED_ON: Readonly<Record<string, string>> = {
  datestyle: 'ISO, MDY',
  timezone: 'UTC',
  intervalstyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  array_nulls: 'on',
  standard_conforming_strings: 'on',
  search_path: 'public',
  row_security: 'on',
  default_transaction_isolation: 'read committed',
  lock_timeout: '0',
  idle_session_timeout: '0',
};

/** A transaction in which nothing happens holds back the upkeep of the tables, and its connection. */
const IDLE_TRANSACTION = '1min';

/** `statementMs` of zero: as long as it takes, statements and what is between them. */
function settingAll(statementMs: number, local: boolean): string {
  const set = (name: string, value: string): string => `set_config('${name}', '${value}', ${local})`;
  return `num_nonnulls(
    ${Object.entries(RELIED_ON)
      .map(([name, value]) => `${set(name, value)},`)
      .join('\n    ')}
    ${set('statement_timeout', String(statementMs))},
    ${set('idle_in_transaction_session_timeout', statementMs === 0 ? '0' : IDLE_TRANSACTION)},
    -- From PostgreSQL 17 on.
    case when current_setting('transaction_timeout', true) is not null then ${set('transaction_timeout', '0')} end,
    -- What is answered with 200 is on the disk; on how many disks is the operator's to say.
    case when current_setting('synchronous_commit') = 'off' then ${set('synchronous_commit', 'on')} end)`;
}

/** For the whole session, which `backend` is; behind a pooler, which names itself something else, for nothing and without a row. */
export function settleSession(statementMs: number, backend: number | null = null): string {
  return `select ${settingAll(statementMs, false)} as settled where pg_backend_pid() = ${backend ?? 'pg_backend_pid()'}`;
}

/** Until the transaction ends, without a row: behind a pooler the next one may have another session. */
export function settleTransaction(statementMs: number): string {
  return `select 1 where ${settingAll(statementMs, true)} = 0`;
}
