import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { EditorState } from '@codemirror/state';
import { expectation, schemaAt, shapeOf, type Path, type Schema } from './schema';

/** Where the cursor stands in a YAML text: the path of the map it is in, the key before a colon if there is one, the word begun. */
export interface Place {
  path: Path;
  key?: string;
  from: number;
  list: boolean;
}

const KEY = /^(\s*)((?:- +)*)(?:"([^"]*)"|'([^']*)'|([^\s:#{}[\],"'][^:#{}[\],]*?))\s*:(?:\s|$)/;

/** Finds the place by indentation, then by the braces still open on the line; no tree is needed, so it works while a line is half written. */
export function placeAt(state: EditorState, pos: number): Place {
  const line = state.doc.lineAt(pos);
  const before = line.text.slice(0, pos - line.from);
  const path: Path = [];
  const dashes = /^\s*((?:- +)*)/.exec(before)?.[1] ?? '';
  let indent = /^\s*/.exec(before)![0].length + dashes.length;
  const inner = before.slice(indent);
  let list = dashes.length > 0;
  let within = list ? indent - dashes.length : indent;
  if (list) path.unshift(0);
  for (let n = line.number - 1; n >= 1 && (within > 0 || list); n--) {
    const text = state.doc.line(n).text;
    if (!text.trim() || /^\s*#/.test(text)) continue;
    const m = KEY.exec(text);
    const own = /^\s*/.exec(text)![0].length;
    const dash = m ? m[2].length : (/^\s*((?:- +)*)/.exec(text)?.[1].length ?? 0);
    const at = own + dash;
    // A list may stand at its key's own indentation.
    if (m && (at < within || (list && !dash && at <= within))) {
      path.unshift(m[3] ?? m[4] ?? m[5]);
      within = at;
      list = false;
      if (dash) {
        path.unshift(0);
        within = own;
        list = true;
      }
    } else if (dash && own < within) {
      path.unshift(0);
      within = own;
      list = true;
    }
  }

  // Flow style: what is open on this line before the cursor.
  const open: { key?: string; list: boolean }[] = [];
  let word = '';
  let key: string | undefined;
  let quote = '';
  for (const c of inner) {
    if (quote) {
      if (c === quote) quote = '';
      else word += c;
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '#' && (word === '' || word.endsWith(' '))) return { path, from: pos, list: false, key: '' };
    else if (c === '{' || c === '[') {
      open.push({ key, list: c === '[' });
      key = undefined;
      word = '';
    } else if (c === '}' || c === ']') {
      key = open.pop()?.key;
      word = '';
    } else if (c === ',' && open.length) {
      if (!open[open.length - 1].list) key = undefined;
      word = '';
    } else if (c === ':' && key === undefined) {
      key = word.trim();
      word = '';
    } else word += c;
  }
  for (const o of open) {
    if (o.key !== undefined) path.push(o.key);
    if (o.list) path.push(0);
  }
  return { path, key, from: pos - word.trimStart().length, list: open.length > 0 && open[open.length - 1].list };
}

/** Values that the schema cannot list: ids of the catalogue by the key that takes them. */
export type Ids = Record<string, { id: string; detail: string }[]>;

export function completion(schema: () => Schema | null, ids: () => Ids) {
  return (context: CompletionContext): CompletionResult | null => {
    const root = schema();
    if (!root) return null;
    const place = placeAt(context.state, context.pos);
    if (place.key === '') return null;
    const known = schemaAt(root, place.path);
    if (place.key === undefined && !place.list) {
      const shape = shapeOf(known, root);
      const properties = shape.map?.properties;
      if (!properties) return null;
      const line = context.state.doc.lineAt(context.pos);
      if (!context.explicit && place.from === context.pos && line.text.trim() !== '-' && line.text.trim() !== '') return null;
      const options = Object.entries(properties).map(([name, s]): Completion => {
        const inner = shapeOf(s, root);
        return {
          label: name,
          type: 'property',
          detail: inner.default === undefined ? (inner.map ? 'section' : inner.list ? 'list' : '') : `default ${String(inner.default)}`,
          info: [inner.description, expectation(inner)].filter(Boolean).join(' – '),
          apply: inner.map && !inner.scalars.length ? `${name}:\n${' '.repeat(context.pos - line.from - (context.pos - place.from) + 2)}` : `${name}: `,
          boost: shape.map?.required?.includes(name) ? 2 : 0,
        };
      });
      return { from: place.from, options, validFor: /^[\w-]*$/ };
    }
    const at = place.list ? known : schemaAt(root, place.key === undefined ? place.path : [...place.path, place.key]);
    const shape = shapeOf(at, root);
    const name = place.key ?? String(place.path.findLast((p) => typeof p === 'string') ?? '');
    const options: Completion[] = shape.words.map((w) => ({ label: w, type: 'enum', detail: w === String(shape.default) ? 'default' : '' }));
    if (shape.scalars.some((s) => s.type === 'boolean')) for (const b of ['true', 'false']) options.push({ label: b, type: 'keyword', detail: b === String(shape.default) ? 'default' : '' });
    if (!options.length && shape.default !== undefined && typeof shape.default !== 'object') options.push({ label: String(shape.default), detail: 'default', type: 'constant' });
    for (const i of ids()[name] ?? []) options.push({ label: i.id, detail: i.detail, type: 'constant' });
    return options.length ? { from: place.from, options, validFor: /^[\w.-]*$/ } : null;
  };
}
