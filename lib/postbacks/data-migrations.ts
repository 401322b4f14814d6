import type { DataMigrations } from '@/lib/db/migrate';
import { mergeSpellings } from './merge-spellings';
import { replayCash } from './replay-cash';

/** The data migrations of this version, by the name that the SQL file of each gives it. */
export const DATA_MIGRATIONS: DataMigrations = { merge_spellings: mergeSpellings, replay_cash: replayCash };
