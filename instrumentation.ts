/** Next calls it once before it serves, also where no server of ours stands in front. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next puts the word in at build time, and leaves the rest out of other runtimes.
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { watch } = await import('@/lib/tracing/watch');
  await watch();
}
