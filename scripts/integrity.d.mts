interface LockEntry {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

export interface Lock {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

export function withoutIntegrity(lock: Lock): string[];
export function unprovenHere(lock: Lock, machine?: { readonly platform: string; readonly arch: string }): string[];
export function requireIntegrity(path?: string): void;
