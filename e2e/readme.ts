import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './process';

/** Every command that the README tells people to type: lines of its `sh` blocks and what it quotes in a line. */
export function readmeCommands(): readonly string[] {
  const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const blocks = [...text.matchAll(/^```(?:sh|bash)\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.split('\n'));
  const quoted = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`(npm [^`]+|npx [^`]+)`/g)].map(
    ([, command = '']) => command,
  );
  const commands = [...blocks, ...quoted]
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return [...new Set(commands)];
}

/** The script of package.json that a command runs, `start` for `npm start`; null: it runs none. */
export function scriptOf(command: string): string | null {
  const words = command.split(/\s+/).filter((word) => !word.startsWith('--silent'));
  const [program, verb = '', name = ''] = words;
  if (program !== 'npm') return null;
  if (verb === 'run') return name;
  return ['start', 'test'].includes(verb) ? verb : null;
}
