import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { literalWords } from './visible-words.testing';

/** Routes under `api` answer machines. */
const files = ['app', 'components'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test(ing)?\.|^api/.test(name))
    .map((name) => join(folder, name)),
);

const words = (source: string): readonly string[] => literalWords(source).map(({ text }) => text);

describe('no page has words of its own', () => {
  test('there are pages to look at', () => {
    expect(files.length).toBeGreaterThan(50);
  });

  test.each(files)('%s', (file) => {
    const found = literalWords(readFileSync(file, 'utf8'));
    expect(found.map(({ line, text }) => `${file}:${line} ${text}`)).toEqual([]);
  });
});

describe('what the test would see', () => {
  test.each([
    ['<p>Hello</p>', ['Hello']],
    ['<p>{"Hello"}</p>', ['Hello']],
    ['<p>{busy ? "Wait" : t("done")}</p>', ['Wait']],
    ['<p>{count && "Many"}</p>', ['Many']],
    [`<p>{\`\${count} invoices\`}</p>`, ['invoices']],
    ['<><b>Так</b></>', ['Так']],
    ['<img alt="A shop" src="x.png" />', ['A shop']],
    ['<button aria-label={open ? "Close" : "Open"} type="button" />', ['Close', 'Open']],
    ['<input placeholder="Search" />', ['Search']],
    ['<Fact label="Received" />', ['Received']],
    ['({ title: "Invoices" })', ['Invoices']],
    ['function f({ label = "Copy" }) {}', ['Copy']],
  ])('%s', (source, expected) => {
    expect(words(source)).toEqual(expected);
  });

  test.each([
    '<p>{t("title")}</p>',
    '<p>{name} · {count} — 12 %</p>',
    `<p className="text-muted" id="content">{\`\${a}: \${b}\`}</p>`,
    '<input name="email" placeholder={t("hint")} type="email" />',
    '({ href: "/invoices", label: t("title") })',
  ])('nothing in %s', (source) => {
    expect(words(source)).toEqual([]);
  });
});
