import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, instant } from '../columns';
import { projects } from './projects';

// People who sign in, and what they leave behind.

/** One row once the deployment has an owner; its primary key is what two racing first runs collide on. */
export const settings = pgTable(
  'settings',
  {
    id: smallint('id').primaryKey().default(1),
    timeZone: text('time_zone').notNull(),
    createdAt,
  },
  (table) => [check('settings_one_row', sql`${table.id} = 1`)],
);

/** People who sign in. */
export const staff = pgTable(
  'staff',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: ['owner', 'manager', 'support', 'accountant'] }).notNull(),
    passwordHash: text('password_hash').notNull(),
    /** True: every project, later ones too; false: those in `staff_projects`. */
    allProjects: boolean('all_projects').notNull().default(true),
    disabledAt: instant('disabled_at'),
    /** In any session, also one that was ended; written at most once a minute. */
    lastSeenAt: instant('last_seen_at'),
    createdAt,
  },
  (table) => [uniqueIndex('staff_email').on(sql`lower(${table.email})`)],
);

export const staffProjects = pgTable(
  'staff_projects',
  {
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id, { onDelete: 'cascade' }),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.projectId] })],
);

/** An export that one member of staff saved: its view and its query string. */
export const exportPresets = pgTable(
  'export_presets',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    view: text('view').notNull(),
    query: text('query').notNull(),
    /** Offered on the first of each month, for the month before. */
    monthly: boolean('monthly').notNull().default(false),
    createdAt,
  },
  (table) => [uniqueIndex('export_presets_name').on(table.staffId, table.name)],
);

/** Acts of staff that change something or look at what is guarded. Append-only; `audit_chain` shows that it was. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    at: instant('at').notNull().default(sql`now()`),
    /** Null: nobody who signed in, as the operator at the command line. */
    staffId: uuid('staff_id').references(() => staff.id),
    /** At the time of the act; filled in from `staff` where the writer does not say. */
    role: text('role'),
    projectId: uuid('project_id').references(() => projects.id),
    action: text('action').notNull(),
    object: text('object'),
    before: jsonb('before'),
    after: jsonb('after'),
    /** What is neither: the field that was revealed, the query of a file. */
    detail: jsonb('detail'),
    address: text('address'),
    requestId: text('request_id'),
  },
  (table) => [
    index('audit_log_at').on(table.at.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('audit_log_staff').on(table.staffId, table.at.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('audit_log_project').on(table.projectId, table.at.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('audit_log_action').on(table.action, table.at.desc().nullsFirst(), table.id.desc().nullsFirst()),
  ],
);
