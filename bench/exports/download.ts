import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import type { ExportingProduct } from './product';

export interface Downloaded {
  readonly milliseconds: number;
  readonly firstByte: number;
  readonly bytes: number;
  /** How much more memory the server's process had at its highest than before, in megabytes. */
  readonly growth: number;
}

const LOOK_MS = 50;

/** A whole file, thrown away as it comes; an error where it has no end. */
export async function download({ address, pid, cookie }: ExportingProduct, path: string): Promise<Downloaded> {
  const before = memoryOf(pid);
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, memoryOf(pid));
  }, LOOK_MS);
  try {
    const began = performance.now();
    const response = await ask(`${address}${path}`, cookie);
    let firstByte = 0;
    let bytes = 0;
    for await (const piece of response) {
      firstByte ||= performance.now() - began;
      bytes += (piece as Buffer).length;
    }
    return { milliseconds: performance.now() - began, firstByte, bytes, growth: most - before };
  } finally {
    clearInterval(watch);
  }
}

function ask(url: string, cookie: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url.replace('localhost', '127.0.0.1'), { headers: { cookie }, agent: false }, (response) => {
      if (response.statusCode === 200) resolve(response);
      else reject(new Error(`${url} answered ${response.statusCode}.`));
    }).once('error', reject);
  });
}

/** What of a process is in memory, in megabytes; 0 where the system has no /proc. */
function memoryOf(pid: number): number {
  try {
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1_000;
  } catch {
    return 0;
  }
}
