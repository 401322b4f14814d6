/** Every script that the page asks for; `noModule` ones are for browsers that nobody has. */
export function scriptsOf(html: string): readonly string[] {
  const tags = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g)].filter(([tag]) => !/\bnomodule\b/i.test(tag));
  return [...new Set(tags.flatMap(([, source]) => source ?? []))];
}
