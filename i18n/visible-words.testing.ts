import { parseAst } from 'vitest/node';

/** What a page must not say by itself: words that no catalogue knows. */
export interface Literal {
  readonly line: number;
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

/** Attributes, properties and parameters that people read or hear, of elements as of our own components. */
const SEEN =
  /^(title|alt|placeholder|label|hint|note|text|summary|description|searchLabel|copied|none|message|heading|caption|children|aria-(label|description|placeholder|roledescription|valuetext))$/;
const LETTER = /\p{L}/u;

/** Text between tags, and literals where words stand, in a `.tsx` or `.ts` file. */
export function literalWords(source: string): readonly Literal[] {
  const found: Literal[] = [];
  const report = (text: string, { start }: Node): void => {
    const line = source.slice(0, start).split('\n').length;
    if (LETTER.test(text)) found.push({ line, text: text.trim() });
  };
  walk(parseAst(source, { lang: 'tsx' }), (node) => {
    for (const part of shown(node).flatMap(branches)) report(wordsOf(part), part);
  });
  return found;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const one of value) walk(one, visit);
  if (!isNode(value)) return;
  visit(value);
  for (const child of Object.values(value)) if (typeof child === 'object') walk(child, visit);
}

/** What of a node's own children reaches a person. */
function shown(node: Node): readonly Node[] {
  switch (node.type) {
    case 'JSXText':
      return [node];
    case 'JSXElement':
    case 'JSXFragment':
      return containers(node.children).map(({ expression }) => expression);
    case 'JSXAttribute':
      return SEEN.test(nameOf(node.name)) && isNode(node.value) ? [inner(node.value)] : [];
    case 'Property':
      return SEEN.test(nameOf(node.key)) && isNode(node.value) ? [node.value] : [];
    case 'AssignmentPattern':
      return SEEN.test(nameOf(node.left)) && isNode(node.right) ? [node.right] : [];
    default:
      return [];
  }
}

function containers(children: unknown): readonly { readonly expression: Node }[] {
  const list: readonly unknown[] = Array.isArray(children) ? children : [];
  return list.flatMap((child) =>
    isNode(child) && child.type === 'JSXExpressionContainer' && isNode(child.expression)
      ? [{ expression: child.expression }]
      : [],
  );
}

function inner(node: Node): Node {
  return node.type === 'JSXExpressionContainer' && isNode(node.expression) ? node.expression : node;
}

function nameOf(name: unknown): string {
  if (!isNode(name)) return '';
  if (typeof name.name === 'string') return name.name;
  return typeof name.value === 'string' ? name.value : '';
}

/** Either side of `a ? 'b' : 'c'`, `a || 'b'`, `a + 'b'`. */
function branches(node: Node): readonly Node[] {
  const sides = [node.consequent, node.alternate, node.left, node.right].filter(isNode);
  const splits = ['ConditionalExpression', 'LogicalExpression', 'BinaryExpression'].includes(node.type);
  return splits ? sides.flatMap(branches) : [node];
}

function wordsOf(node: Node): string {
  if (node.type === 'TemplateLiteral' && Array.isArray(node.quasis)) return node.quasis.map(rawOf).join(' ');
  const text = node.type === 'Literal' || node.type === 'JSXText' ? node.value : '';
  return typeof text === 'string' ? text : '';
}

function rawOf(quasi: unknown): string {
  if (!isNode(quasi)) return '';
  const value = quasi.value;
  return typeof value === 'object' && value !== null && 'raw' in value ? String(value.raw) : '';
}
