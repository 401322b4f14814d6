import { CommandError } from '../command';

/** An operator command's own file; what it returns is the JSON object on the last line. */
export interface AdminCommand {
  run(args: readonly string[]): Promise<Readonly<Record<string, unknown>>>;
}

/** Loaded when called: `postback send` runs where there is no database and no setting. */
const COMMANDS: Readonly<Record<string, () => Promise<AdminCommand>>> = {
  'project add': () => import('./project-add'),
  'staff add': () => import('./staff-add'),
  'staff reset-password': () => import('./staff-reset-password'),
  'postback send': () => import('./postback-send'),
  replay: () => import('./replay'),
  'retention run': () => import('./retention-run'),
  'rotate-encryption-key': () => import('./rotate-encryption-key'),
  'audit verify': () => import('./audit-verify'),
  'verify-audit': () => import('./audit-verify'),
  backup: () => import('./backup'),
  restore: () => import('./restore'),
};

const USAGE = `Usage: npm run --silent admin -- …
  project add --name NAME --provider PROVIDER --secret-stdin | --secret-file FILE
  project add --name NAME --provider PROVIDER --public-key-file FILE
  staff add --email EMAIL --name NAME --role owner|manager|support|accountant [--project ID …] --password-stdin
      [--time-zone Europe/Kyiv]   with the first owner
  staff reset-password --email EMAIL --password-stdin
  postback send --url URL --provider PROVIDER --secret-stdin | --secret-file FILE [--sample NAME] [--format json|form]
      [--set FIELD=VALUE …]
  postback send --url URL --provider PROVIDER --private-key-file FILE [--sample NAME] [--set FIELD=VALUE …]
  replay [--project ID] [--since TIME] [--until TIME]
  retention run [--project ID] [--dry-run]
  rotate-encryption-key
  audit verify [--head HASH]
  backup --to FILE
  restore --from FILE [--overwrite]`;

/** A command's name is its first two words or its first. */
export async function runAdminCommand(args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  for (const words of [2, 1]) {
    const load = COMMANDS[args.slice(0, words).join(' ')];
    if (load !== undefined) return (await load()).run(args.slice(words));
  }
  throw new CommandError(USAGE);
}
