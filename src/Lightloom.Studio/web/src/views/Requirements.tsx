import { signal } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { isMap, isNode, isScalar, isSeq, LineCounter, parse, parseDocument, type Document } from 'yaml';
import { api } from '../api';
import { Form } from '../editor/Form';
import { ids, know, schema } from '../editor/ids';
import type { Path } from '../editor/schema';
import { Yaml } from '../editor/Yaml';
import { count, plural, usdShort } from '../format';
import { route } from '../router';
import { busy, edit, spec, state } from '../store';
import type { Check, Diagnostic, SizedOption } from '../types';
import { failed } from '../ui/parts';

/** The text as it is being written; null where it is the saved one. */
const draft = signal<string | null>(null);
const check = signal<Check | null>(null);

function feasibility(c: Check): { ok: boolean; text: string }[] {
  const options = (c.feasibility ?? []).filter((o) => o.tiers > 0);
  const none = (c.feasibility ?? []).find((o) => !o.tiers && o.reason);
  if (!options.length) return none ? [{ ok: false, text: `${none.leaf ?? 'no switch'}: ${none.reason}` }] : [];
  const chosen = options.find((o) => o.chosen);
  const name = (o: SizedOption) => `${plural(o.tiers, 'tier')}, ${plural(o.planes, 'plane')}${o.leaf ? ` of ${o.leaf}` : ''}`;
  const lines: { ok: boolean; text: string }[] = [];
  if (chosen) {
    const room = chosen.max_xpus ? `: carries up to ${count(chosen.max_xpus)} XPUs; you ask for ${count(c.xpus)}` : '';
    lines.push({ ok: true, text: `${name(chosen)}${room}${chosen.switches ? `; ${count(chosen.switches)} switches` : ''}${chosen.usd ? `, about ${usdShort(chosen.usd)}` : ''}` });
  } else {
    const nearest = options.filter((o) => o.max_xpus).sort((a, b) => (b.max_xpus ?? 0) - (a.max_xpus ?? 0))[0];
    if (nearest) lines.push({ ok: false, text: `${name(nearest)} carries at most ${count(nearest.max_xpus)} XPUs; you ask for ${count(c.xpus)}` });
  }
  const others = options.filter((o) => !o.chosen);
  // Of several that are called alike the first, which costs least.
  const called = new Set(chosen ? [name(chosen)] : []);
  const feasible = others.filter((o) => o.feasible).sort((a, b) => (a.usd ?? Infinity) - (b.usd ?? Infinity)).filter((o) => !called.has(name(o)) && called.add(name(o)));
  if (feasible.length) lines.push({ ok: true, text: `also possible: ${feasible.slice(0, 3).map((o) => `${name(o)}${o.usd ? ` (about ${usdShort(o.usd)})` : ''}`).join('; ')}${feasible.length > 3 ? `; ${feasible.length - 3} more in Explore` : ''}` });
  else if (!chosen) {
    for (const o of others.slice(0, 2)) if (o.reason) lines.push({ ok: false, text: `${name(o)}: ${o.reason}` });
  }
  return lines;
}

/** Where a diagnostic that names a key, or a pool, is written in the text. */
function located(of: Diagnostic[], text: string): Diagnostic[] {
  if (of.every((d) => d.line || !d.where)) return of;
  const lines = new LineCounter();
  let doc: Document;
  try {
    doc = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  } catch {
    return of;
  }
  return of.map((d) => {
    if (d.line || !d.where) return d;
    const path = d.where.split(/[.[\]]+/).filter(Boolean).map((p) => (/^\d+$/.test(p) ? Number(p) : p));
    for (let n = path.length; n > 0; n--) {
      const at = offsetOf(doc, path.slice(0, n));
      if (at !== undefined) {
        const p = lines.linePos(at);
        return { ...d, line: p.line, column: p.col };
      }
    }
    return d;
  });
}

/** The path of the first key that begins in a line, joined by dots as fields have it. */
function keyAt(text: string, line: number): string | undefined {
  const lines = new LineCounter();
  let found: string | undefined;
  const look = (node: unknown, path: string): void => {
    if (found !== undefined) return;
    if (isMap(node)) {
      for (const i of node.items) {
        if (!isScalar(i.key)) continue;
        const here = path ? `${path}.${String(i.key.value)}` : String(i.key.value);
        const inner = isMap(i.value) || isSeq(i.value);
        if (!inner && i.key.range && lines.linePos(i.key.range[0]).line === line) {
          found ??= here;
          return;
        }
        look(i.value, here);
      }
    } else if (isSeq(node)) node.items.forEach((n, k) => look(n, `${path}.${k}`));
  };
  try {
    look(parseDocument(text, { lineCounter: lines, logLevel: 'silent' }).contents, '');
  } catch {
    return undefined;
  }
  return found;
}

function offsetOf(doc: Document, path: (string | number)[]): number | undefined {
  let node: unknown = doc.contents;
  let at: number | undefined;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((i) => isScalar(i.key) && i.key.value === step);
      if (!pair) {
        // A pool goes by its name.
        if (path.length > 1 || node !== doc.contents) return undefined;
        for (const list of ['pools', 'services']) {
          const items = node.get(list, true);
          const item = isSeq(items) ? items.items.find((i) => isMap(i) && i.get('name') === step) : undefined;
          if (isNode(item) && item.range) return item.range[0];
        }
        return undefined;
      }
      at = isNode(pair.key) ? pair.key.range?.[0] : undefined;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      at = isNode(node) ? node.range?.[0] : undefined;
    } else return undefined;
  }
  return at;
}

export function Problems({ of, onShow }: { of: Diagnostic[]; onShow?: (d: Diagnostic) => void }) {
  const rank = { error: 0, warning: 1, note: 2 };
  const [notes, setNotes] = useState(false);
  const sorted = [...of].sort((a, b) => rank[a.severity] - rank[b.severity]);
  const shown = sorted.filter((d) => notes || d.severity !== 'note');
  const hidden = sorted.length - shown.length;
  if (!sorted.length) return null;
  return (
    <section class="problems" aria-label="Diagnostics">
      <ul>
        {shown.map((d, i) => (
          <li key={i}>
            <button onClick={() => onShow?.(d)} disabled={!d.line || !onShow}>
              <span class={`id ${d.severity === 'error' ? 'bad' : d.severity === 'warning' ? 'warn' : 'muted'}`}>
                {d.severity} {d.id}
              </span>
              <span>
                {d.line ? `line ${d.line}: ` : ''}
                {d.message}
                {d.remedy ? ` ${d.remedy}` : ''}
              </span>
            </button>
          </li>
        ))}
        {(hidden > 0 || notes) && (
          <li>
            <button onClick={() => setNotes(!notes)}>
              <span class="muted">{notes ? 'Hide notes' : `${plural(hidden, 'note')} on defaults and rounding: show`}</span>
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}

export function Requirements() {
  const [onlySet, setOnlySet] = useState(false);
  const [search, setSearch] = useState('');
  const [show, setShow] = useState<{ line: number; turn: number }>();
  const [pane, setPane] = useState<'both' | 'form' | 'yaml'>('both');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(know, []);

  const text = draft.value ?? spec.value.text;

  // While one writes, the text is checked at once and saved a moment after the last key.
  useEffect(() => {
    const abort = new AbortController();
    const wait = setTimeout(
      () => {
        api.post<Check>('check', { text }, {}, abort.signal).then(
          (c) => (check.value = c),
          (e) => failed(e),
        );
      },
      draft.value === null ? 0 : 150,
    );
    return () => {
      clearTimeout(wait);
      abort.abort();
    };
  }, [text]);

  const save = async (t: string) => {
    clearTimeout(timer.current);
    timer.current = undefined;
    await edit.save(t);
    if (draft.value === t) draft.value = null;
  };
  const write = (t: string) => {
    draft.value = t;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(t), 700);
  };
  const flush = async () => {
    if (timer.current && draft.value !== null) await save(draft.value);
  };
  useEffect(() => () => void flush(), []);

  const line = route.value.query.line;
  useEffect(() => {
    if (line) setShow({ line: Number(line), turn: Date.now() });
  }, [line]);

  const value = useMemo(() => {
    try {
      return parse(text, { logLevel: 'silent', maxAliasCount: 100 }) as unknown;
    } catch {
      return undefined;
    }
  }, [text]);

  // The design's own diagnostics where the text is the saved one, else the check's.
  const unplaced = draft.value === null && state.value?.diagnostics?.length ? state.value.diagnostics : (check.value?.diagnostics ?? []);
  const found = useMemo(() => located(unplaced, text), [unplaced, text]);
  const wrong = useRef(new Map<string, string>());
  const problems = useMemo(() => {
    const map = new Map<string, string>();
    for (const d of found) {
      if (d.severity !== 'error') continue;
      const at = d.line ? keyAt(text, d.line) : d.where?.split(/[.[\]]+/).filter(Boolean).join('.');
      if (at) map.set(at, `${d.id}: ${d.message}`);
    }
    if (map.size || wrong.current.size) wrong.current = map;
    return wrong.current;
  }, [found, text]);
  const root = schema.value;
  const named = ids.value;
  // The form has hundreds of fields: it is drawn anew where what it shows has changed, not with every word of the server.
  const form = useMemo(
    () =>
      root && (
        <Form
          value={value}
          context={{
            root,
            ids: named,
            onlySet,
            search: search.trim().toLowerCase(),
            problems,
            set: (path: Path, v: unknown, without?: Path[]) => flush().then(() => edit.set(path, v, without)),
          }}
        />
      ),
    [root, named, onlySet, search, problems, value],
  );
  const lines = check.value ? feasibility(check.value) : [];
  return (
    <>
      <div class="bar">
        <h1>Requirements</h1>
        <div class="group" role="group" aria-label="What is shown">
          {(['both', 'form', 'yaml'] as const).map((p) => (
            <button key={p} aria-pressed={pane === p} onClick={() => setPane(p)}>
              {p === 'both' ? 'Form and YAML' : p === 'form' ? 'Form' : 'YAML'}
            </button>
          ))}
        </div>
        <span class="spring" />
        <span class="muted small" role="status">
          {draft.value !== null || busy.value > 0 ? 'saving…' : state.value?.phase === 'designing' ? `designing${state.value.stage ? `: ${state.value.stage}` : '…'}` : state.value?.phase === 'failed' ? 'saved; no design' : `saved${state.value?.ms ? `, designed in ${count(state.value.ms)} ms` : ''}`}
        </span>
      </div>
      {lines.length > 0 && (
        <section class="feas" aria-label="Feasibility" aria-live="polite">
          {lines.map((l, i) => (
            <p key={i}>
              <b class={l.ok ? (i ? 'muted' : 'good') : 'bad'}>{i ? '' : l.ok ? 'Feasible' : 'Too small'}</b>
              <span class={i ? 'muted' : ''}>{l.text}</span>
            </p>
          ))}
        </section>
      )}
      <div class={`split req show-${pane}`}>
        {pane !== 'yaml' && (
          <div class="formpane">
            <div class="tools-row">
              <input type="search" aria-label="Search the form" placeholder="Search a key or its description" value={search} onInput={(e) => setSearch(e.currentTarget.value)} />
              <label class="check">
                <input type="checkbox" checked={onlySet} onChange={(e) => setOnlySet(e.currentTarget.checked)} /> only what is given
              </label>
            </div>
            {value === undefined && text ? (
              <p class="pad bad">The YAML cannot be read as it stands; mend it in the editor and the form comes back.</p>
            ) : form ? (
              form
            ) : (
              <p class="pad muted">Loading the format…</p>
            )}
          </div>
        )}
        {pane !== 'form' && (
          <div class="editpane">
            <Yaml
              text={text}
              diagnostics={found}
              schema={schema.value}
              ids={ids.value}
              onChange={write}
              show={show}
              onUndo={() => void flush().then(edit.undo)}
              onRedo={() => void edit.redo()}
              ahead={() => draft.peek() !== null}
            />
            <Problems of={found} onShow={(d) => setShow({ line: d.line!, turn: Date.now() })} />
          </div>
        )}
      </div>
    </>
  );
}
