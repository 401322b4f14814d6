let common: Promise<ReadonlySet<string>> | undefined;

/** Fifty thousand of them, loaded when somebody first chooses a password. */
async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].map((password) => String(password).toLowerCase()));
}

/** Whether it is among the passwords that are tried first: also with digits or punctuation behind it, or several times in a row. */
export async function isCommonPassword(password: string): Promise<boolean> {
  common ??= load();
  const known = await common;
  const folded = password.normalize('NFKC').trim().toLowerCase();
  const word = folded.replace(/[^\p{L}]+$/u, '');
  return [folded, word, unitOf(folded), unitOf(word)].some((one) => known.has(one) || one.length === 1);
}

/** What it repeats; all of it where it repeats nothing. */
function unitOf(text: string): string {
  return /^(.+?)\1+$/su.exec(text)?.[1] ?? text;
}
