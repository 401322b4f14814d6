import type { DataMigrations } from '@/lib/db/migrate';
import { mergeSpellings } from './merge-spellings';

/** The data migrations of this version, by the name that the SQL file of each gives it. */
export const DATA_MIGRATIONS: DataMigrations = { merge_spellings: mergeSpellings };
