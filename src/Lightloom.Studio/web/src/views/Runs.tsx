import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { address, api, events } from '../api';
import { count, duration, figureName, fixed, short, words } from '../format';
import { go, href, route, tune } from '../router';
import { designKey, runsTurn, state } from '../store';
import type { Run, Version } from '../types';
import { Chart } from '../ui/Chart';
import { failed, Refusal, useAnswer } from '../ui/parts';
import { CompareResult, ExploreResult, FaultsResult, SimulateResult, TrainResult } from './Results';

interface Front {
  name: string;
  text: string;
  hint?: string;
  of?: string[];
  flag?: boolean;
  start?: string;
  /** Of the catalogue's lists, the one whose ids are offered. */
  known?: 'models';
}

interface Kind {
  kind: string;
  title: string;
  about: string;
  front: Front[];
  result: ComponentType<{ run: Run }>;
}

const transports = ['nscc', 'rccc', 'nscc+rccc', 'ndp', 'eqds', 'dcqcn', 'roce', 'hpcc', 'swift', 'timely', 'fixed-window', 'ideal'];
const balancings = ['ecmp', 'flowlet', 'oblivious', 'bitmap', 'reps', 'mixed', 'switch-rr', 'switch-ar', 'switch-ar-flow'];
const workloads = ['permutation', 'all-reduce', 'all-reduce-ring', 'all-reduce-halving-doubling', 'all-reduce-tree', 'reduce-scatter', 'all-gather', 'all-to-all', 'broadcast', 'send-recv', 'all-to-all-v', 'moe-dispatch', 'moe-combine', 'incast', 'outcast', 'websearch', 'storage'];

const kinds: Record<string, Kind> = {
  simulate: {
    kind: 'simulate',
    title: 'Simulate',
    about: 'Traffic on the designed network, packet by packet, as a fluid, or both by turns.',
    front: [
      { name: 'workload', text: 'Workload', of: workloads, start: 'permutation' },
      { name: 'size', text: 'Bytes an XPU', hint: '1MiB where left out' },
      { name: 'xpus', text: 'XPUs that take part', hint: 'all' },
      { name: 'fabric', text: 'Network', of: ['backend', 'frontend', 'oob'], hint: 'backend' },
      { name: 'transport', text: 'Transport', of: transports, hint: "the file's, else nscc" },
      { name: 'load-balancing', text: 'Load balancing', of: balancings, hint: "the file's, else oblivious" },
      { name: 'engine', text: 'Engine', of: ['packet', 'fluid', 'hybrid'], hint: 'packet' },
      { name: 'fail', text: 'What fails, and when', hint: 'link:7@20, switch:NAME@50' },
    ],
    result: SimulateResult,
  },
  train: {
    kind: 'train',
    title: 'Train',
    about: 'One training step of a model on the designed network: its time, and what it waits for.',
    front: [
      { name: 'model', text: 'Model', hint: "the file's workload.model", known: 'models' },
      { name: 'tp', text: 'Tensor parallelism', hint: "the file's, else 1" },
      { name: 'pp', text: 'Pipeline parallelism', hint: "the file's, else 1" },
      { name: 'dp', text: 'Data parallelism', hint: 'what the others leave' },
      { name: 'ep', text: 'Expert parallelism', hint: "the file's, else 1" },
      { name: 'global-batch', text: 'Sequences a step', hint: "the file's" },
      { name: 'search', text: 'Try every parallelism and take the best', flag: true },
    ],
    result: TrainResult,
  },
  faults: {
    kind: 'faults',
    title: 'Faults',
    about: 'What each failure costs: alone, in pairs, and over a year.',
    front: [
      { name: 'workload', text: 'Workloads', hint: 'all-reduce,permutation' },
      { name: 'classes', text: 'What fails', hint: 'all that the network has' },
      { name: 'pairs', text: 'Pairs', hint: 'none leaves them out' },
      { name: 'xpus', text: 'XPUs that take part', hint: 'all, at most 1,024' },
      { name: 'size', text: 'Bytes an XPU', hint: '1MiB' },
      { name: 'runs', text: 'Runs of each', hint: '3' },
    ],
    result: FaultsResult,
  },
  compare: {
    kind: 'compare',
    title: 'Compare',
    about: 'Designs side by side: counts, cost, power, latency, and what they do under the same traffic.',
    front: [
      { name: 'paradigms', text: 'Endpoint-scheduled against switch-scheduled', flag: true, start: 'true' },
      { name: 'static', text: 'Counts, cost, power and latency only', flag: true },
      { name: 'quick', text: 'An eighth of the bytes, smaller groups', flag: true, start: 'true' },
      { name: 'scenarios', text: 'Scenarios', hint: 'permutation,incast,all-to-all; all where left out' },
      { name: 'xpus', text: 'XPUs that take part', hint: 'as many as the smallest design has' },
      { name: 'size', text: 'Bytes an XPU sends', hint: '4MiB' },
    ],
    result: CompareResult,
  },
  explore: {
    kind: 'explore',
    title: 'Explore',
    about: 'Every feasible backend, the Pareto front of cost, power and latency, and why the others were rejected.',
    front: [{ name: 'rows', text: 'Feasible designs to list beside the front', hint: '10' }],
    result: ExploreResult,
  },
};

/** What a command takes beyond the options shown first. */
function MoreOptions({ kind, front, value, set }: { kind: string; front: Front[]; value: Record<string, string>; set: (k: string, v: string | undefined) => void }) {
  const [open, setOpen] = useState(false);
  const options = useAnswer((s) => (open ? api.get<{ options: { name: string; description: string; value?: string }[] }>(`runs/options/${kind}`, {}, s) : Promise.resolve(null)), [open, kind]);
  const shown = new Set(front.map((f) => f.name));
  return (
    <details onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>More options</summary>
      {options.value?.options
        .filter((o) => !shown.has(o.name) && !['json', 'output', 'catalog', 'help'].includes(o.name))
        .map((o) => (
          <div class="field" key={o.name}>
            {o.value === undefined ? (
              <label class="check">
                <input type="checkbox" checked={value[o.name] === 'true'} onChange={(e) => set(o.name, e.currentTarget.checked ? 'true' : undefined)} /> {o.name}
              </label>
            ) : (
              <>
                <label for={`more-${o.name}`}>{o.name}</label>
                <input id={`more-${o.name}`} value={value[o.name] ?? ''} onChange={(e) => set(o.name, e.currentTarget.value.trim() || undefined)} />
              </>
            )}
            <p class="muted">{o.description}</p>
          </div>
        ))}
      {options.error && <p class="bad">{options.error.message}</p>}
    </details>
  );
}

function Begin({ kind }: { kind: Kind }) {
  const initial = () => Object.fromEntries(kind.front.filter((f) => f.start).map((f) => [f.name, f.start!]));
  const [value, setValue] = useState<Record<string, string>>(initial);
  const [title, setTitle] = useState('');
  const [others, setOthers] = useState<number[]>([]);
  const versions = useAnswer((s) => (kind.kind === 'compare' ? api.get<{ versions: Version[] }>('history', {}, s) : Promise.resolve({ versions: [] })), [kind.kind, designKey.value]);
  const wanted = kind.front.some((f) => f.known);
  const catalog = useAnswer((s) => (wanted ? api.get<Record<string, { id: string; name: string }[]>>('catalog', {}, s) : Promise.resolve(null)), [wanted]);
  const [sending, setSending] = useState(false);
  const set = (k: string, v: string | undefined) =>
    setValue((o) => {
      const n = { ...o };
      if (v === undefined || v === '') delete n[k];
      else n[k] = v;
      // Where nothing is simulated there are no bytes to be fewer of; the command refuses both.
      if (v === 'true' && k === 'static') delete n.quick;
      if (v === 'true' && k === 'quick') delete n.static;
      return n;
    });
  const start = async (e: Event) => {
    e.preventDefault();
    setSending(true);
    try {
      const body: Record<string, unknown> = { kind: kind.kind, options: value };
      if (title.trim()) body.title = title.trim();
      if (others.length) {
        body.with = others;
        const { paradigms: _, ...rest } = value;
        body.options = rest;
      }
      const run = await api.post<Run>('runs', body);
      runsTurn.value++;
      go(kind.kind, [run.id]);
    } catch (x) {
      failed(x);
    } finally {
      setSending(false);
    }
  };
  return (
    <form onSubmit={start}>
      <p class="muted small" style={{ marginBottom: '8px' }}>
        {kind.about}
      </p>
      {kind.front.map((f) => (
        <div class="field" key={f.name}>
          {f.flag ? (
            <label class="check">
              <input type="checkbox" name={f.name} checked={value[f.name] === 'true'} onChange={(e) => set(f.name, e.currentTarget.checked ? 'true' : undefined)} /> {f.text}
            </label>
          ) : (
            <>
              <label for={`run-${f.name}`}>{f.text}</label>
              {f.of ? (
                <select id={`run-${f.name}`} name={f.name} value={value[f.name] ?? ''} onChange={(e) => set(f.name, e.currentTarget.value)}>
                  <option value="">{f.hint ?? 'default'}</option>
                  {f.of.map((o) => (
                    <option key={o}>{o}</option>
                  ))}
                </select>
              ) : (
                <input id={`run-${f.name}`} name={f.name} value={value[f.name] ?? ''} placeholder={f.hint} list={f.known ? `run-${f.name}-l` : undefined} onChange={(e) => set(f.name, e.currentTarget.value.trim())} spellcheck={false} />
              )}
              {f.known && (
                <datalist id={`run-${f.name}-l`}>
                  {catalog.value?.[f.known]?.map((m) => <option key={m.id} value={m.id} label={m.name} />)}
                </datalist>
              )}
            </>
          )}
        </div>
      ))}
      {kind.kind === 'compare' && (versions.value?.versions.length ?? 0) > 1 && (
        <div class="field">
          <label for="run-with">Against versions of this project</label>
          <select
            id="run-with"
            multiple
            size={Math.min(5, versions.value!.versions.length)}
            onChange={(e) => setOthers([...e.currentTarget.selectedOptions].map((o) => Number(o.value)))}
          >
            {versions.value!.versions
              .filter((v) => !v.current)
              .map((v) => (
                <option key={v.n} value={v.n}>
                  {v.n}: {v.reason}
                </option>
              ))}
          </select>
          <p class="muted">Instead of the other paradigm.</p>
        </div>
      )}
      <MoreOptions kind={kind.kind} front={kind.front} value={value} set={set} />
      <div class="field">
        <label for="run-title">Name of the run</label>
        <input id="run-title" value={title} placeholder="what it shows" onInput={(e) => setTitle(e.currentTarget.value)} />
      </div>
      <button class="primary" type="submit" disabled={sending || state.value?.phase !== 'ready'}>
        Start
      </button>
    </form>
  );
}

const tone: Record<Run['status'], string> = { queued: '', running: '', done: 'good', failed: 'bad', cancelled: '', interrupted: 'warn' };

function RunList({ kind, current }: { kind: string; current?: string }) {
  const list = useAnswer((s) => api.get<{ rows: Run[] }>('runs', {}, s), [kind, runsTurn.value]);
  const rows = list.value?.rows.filter((r) => r.kind === kind) ?? [];
  if (list.error) return <Refusal error={list.error} />;
  return (
    <>
      <h2 style={{ marginTop: '16px' }}>Runs</h2>
      <ul class="runlist">
        {rows.map((r) => (
          <li key={r.id}>
            <a href={href(kind, [r.id])} aria-current={r.id === current ? 'true' : undefined}>
              <div class="row">
                <b>{titleOf(r)}</b>
                <span class={`chip ${tone[r.status]}`}>{r.status === 'running' && r.share !== undefined ? `${Math.round(r.share * 100)} %` : r.status}</span>
              </div>
              <span class="muted small">{new Date(r.created).toLocaleString()}</span>
            </a>
          </li>
        ))}
        {list.value && !rows.length && <li class="muted">None yet.</li>}
      </ul>
    </>
  );
}

/** What a run is called: the name that it was given, else what it was asked. */
function titleOf(r: Run): string {
  return r.title && !r.title.startsWith(`${r.kind} --`) && r.title !== r.kind ? r.title : optionsText(r) || r.kind;
}

function optionsText(r: Run): string {
  const parts: string[] = [];
  const given = r.arguments ?? [];
  for (let i = 0; i < given.length; i++) {
    if (!given[i].startsWith('--')) continue;
    const [name, ...joined] = given[i].slice(2).split('=');
    const value = joined.length ? joined.join('=') : given[i + 1] && !given[i + 1].startsWith('--') ? given[++i] : undefined;
    if (/^(json|output|flows-out|trace)$/.test(name)) continue;
    parts.push(value === undefined || value === 'true' ? name : /^(workload|size)$/.test(name) ? value : `${name} ${value}`);
  }
  return parts.join(', ');
}

interface Progress {
  share?: number;
  text?: string;
  series?: Record<string, number>;
}

/** Watches a run: progress and points as they come, then its result. */
function useRun(id: string) {
  const [run, setRun] = useState<Run | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [points, setPoints] = useState<Record<string, number>[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    setRun(null);
    setError(null);
    setPoints([]);
    const load = async () => {
      const r = await api.get<Run>(`runs/${id}`, {}, abort.signal);
      if (!abort.signal.aborted) setRun(r);
      return r;
    };
    const watch = async () => {
      try {
        const r = await load();
        if (r.status !== 'running' && r.status !== 'queued') return;
        let gathered: Record<string, number>[] = [];
        let drawn = 0;
        await events(`runs/${id}/events`, abort.signal, (event, data) => {
          const p = data as Progress;
          if (event === 'progress') {
            if (p.series) gathered = [...gathered, p.series];
            const now = performance.now();
            if (now - drawn > 120) {
              drawn = now;
              setPoints(gathered);
              setRun((o) => o && { ...o, status: 'running', share: p.share, text: p.text });
            }
          }
        });
        setPoints(gathered);
        await load();
        runsTurn.value++;
      } catch (e) {
        if (!abort.signal.aborted) {
          setError(e as Error);
          // The stream broke off; the run goes on without us.
          setTimeout(() => abort.signal.aborted || void watch(), 2000);
        }
      }
    };
    void watch();
    return () => abort.abort();
  }, [id]);
  return { run, error, points };
}

function LiveCharts({ points }: { points: Record<string, number>[] }) {
  if (points.length < 2) return null;
  const names = Object.keys(points[points.length - 1]);
  const time = names.find((n) => /time|_us$|^t$/.test(n));
  const x = points.map((p, i) => (time ? p[time] : i));
  return (
    <div class="charts">
      {names
        .filter((n) => n !== time)
        .map((n) => (
          <Chart key={n} title={words(n)} xLabel={time ? 'simulated µs' : 'report'} yLabel="" x={x} lines={[{ label: words(n), y: points.map((p) => p[n] ?? null) }]} height={180} />
        ))}
    </div>
  );
}

function RunHead({ run }: { run: Run }) {
  const going = run.status === 'running' || run.status === 'queued';
  const [, tick] = useState(0);
  useEffect(() => {
    if (!going) return;
    const t = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(t);
  }, [going]);
  const seconds = run.started ? ((run.ended ? Date.parse(run.ended) : Date.now()) - Date.parse(run.started)) / 1000 : undefined;
  return (
    <div class="card">
      <div class="row">
        <h2 style={{ margin: '0' }}>{titleOf(run)}</h2>
        <span class={`chip ${tone[run.status]}`}>{run.status}</span>
        {seconds !== undefined && <span class="muted num">{duration(Math.max(0, seconds))}</span>}
        {run.version !== undefined && <span class="muted">of version {run.version}</span>}
        <span style={{ flex: '1' }} />
        <RunFiles run={run} />
        {going ? (
          <button class="danger" onClick={() => api.del(`runs/${run.id}`).then(() => runsTurn.value++, failed)}>
            Cancel
          </button>
        ) : (
          <button class="danger" onClick={() => api.del(`runs/${run.id}`).then(() => (runsTurn.value++, go(run.kind)), failed)}>
            Forget
          </button>
        )}
      </div>
      {going && (
        <div style={{ marginTop: '8px' }}>
          <div class="progress" role="progressbar" aria-label="Progress" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round((run.share ?? 0) * 100)}>
            <div style={{ width: `${(run.share ?? 0) * 100}%` }} />
          </div>
          <p class="muted small" aria-live="polite">
            {run.text ?? run.status}
          </p>
        </div>
      )}
      {run.error && <p class="bad" style={{ marginTop: '6px', whiteSpace: 'pre-wrap' }}>{run.error}</p>}
      {titleOf(run) !== optionsText(run) && <p class="muted small">{optionsText(run)}</p>}
    </div>
  );
}

function RunFiles({ run }: { run: Run }) {
  const files = useAnswer((s) => (run.status === 'done' ? api.get<{ rows: { name: string }[] }>(`runs/${run.id}/files`, {}, s) : Promise.resolve({ rows: [] })), [run.id, run.status]);
  const rows = files.value?.rows ?? [];
  if (!rows.length) return null;
  return (
    <select
      aria-label="Download a file of the run"
      value=""
      onChange={(e) => {
        const name = e.currentTarget.value;
        e.currentTarget.value = '';
        if (!name) return;
        const a = document.createElement('a');
        a.href = address(`runs/${run.id}/files/${encodeURIComponent(name)}`);
        a.download = name;
        a.click();
      }}
    >
      <option value="">Download…</option>
      {rows.map((f) => (
        <option key={f.name}>{f.name}</option>
      ))}
    </select>
  );
}

function RunColumn({ id, result: Result }: { id: string; result: ComponentType<{ run: Run }> }) {
  const { run, error, points } = useRun(id);
  if (!run) return error ? <Refusal error={error} /> : <p class="muted">Loading…</p>;
  return (
    <div class="stack">
      <RunHead run={run} />
      {run.status === 'done' && run.result !== undefined ? <Result run={run} /> : <LiveCharts points={points} />}
    </div>
  );
}

function SideBySide({ a, b, result }: { a: string; b: string; result: ComponentType<{ run: Run }> }) {
  const diff = useAnswer((s) => api.get<{ a: Run; b: Run; figures: { name: string; a?: number; b?: number }[] }>('runs/compare', { a, b }, s), [a, b]);
  // How long the machine took stands last: it says nothing about the network.
  const machine = (name: string) => (/^(wall|peak_rss|events|phases|timing)/.test(name) ? 1 : 0);
  const rows = (diff.value?.figures.filter((f) => f.a !== f.b) ?? []).sort((x, y) => machine(x.name) - machine(y.name));
  const called = (r: Run | undefined, side: string) => (r ? titleOf(r) : side);
  return (
    <>
      <div class="card wrap">
        <h2>What differs</h2>
        {diff.error && <p class="bad">{diff.error.message}</p>}
        {diff.value && rows.length === 0 && <p class="muted">Nothing: every figure of both runs is the same.</p>}
        <table class="plain" hidden={rows.length === 0}>
          <caption class="sr">Figures of both runs that differ</caption>
          <thead>
            <tr>
              <th scope="col">Figure</th>
              <th scope="col" class="r wrapped">
                {called(diff.value?.a, 'left')}
              </th>
              <th scope="col" class="r wrapped">
                {called(diff.value?.b, 'right')}
              </th>
              <th scope="col" class="r">
                Right against left
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, 60).map((f) => (
              <tr key={f.name}>
                <td>{figureName(f.name)}</td>
                <td class="r">{short(f.a)}</td>
                <td class="r">{short(f.b)}</td>
                <td class="r">{f.a && f.b !== undefined ? `${f.b >= f.a ? '+' : '−'}${fixed(Math.abs(f.b / f.a - 1) * 100, 1)} %` : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length > 60 && <p class="muted small">{count(rows.length - 60)} more differ; both documents are under Download.</p>}
      </div>
      <div class="beside">
        <RunColumn id={a} result={result} />
        <RunColumn id={b} result={result} />
      </div>
    </>
  );
}

function RunView({ kind }: { kind: Kind }) {
  const { rest, query } = route.value;
  const id = rest[0];
  const other = query.with;
  const list = useAnswer((s) => api.get<{ rows: Run[] }>('runs', {}, s), [runsTurn.value]);
  const main = useRef<HTMLDivElement>(null);
  const others = list.value?.rows.filter((r) => r.kind === kind.kind && r.id !== id && r.status === 'done') ?? [];
  return (
    <>
      <div class="bar">
        <h1>{kind.title}</h1>
        <span class="spring" />
        {id && others.length > 0 && (
          <label class="row">
            <span class="muted">Side by side with</span>
            <select value={other ?? ''} onChange={(e) => tune({ with: e.currentTarget.value || undefined })}>
              <option value="">none</option>
              {others.map((r) => (
                <option key={r.id} value={r.id}>
                  {titleOf(r)}
                </option>
              ))}
            </select>
          </label>
        )}
        {id && (
          <a class="button" href={href(kind.kind)}>
            New run
          </a>
        )}
      </div>
      <div class={other ? 'split' : 'split runs'}>
        {/* Two results need the width: the form is a click away, under New run. */}
        {!other && (
          <aside class="runform" aria-label="Start a run">
            <Begin key={kind.kind} kind={kind} />
            <RunList kind={kind.kind} current={id} />
          </aside>
        )}
        <div class="scroll pad stack" ref={main}>
          {!id ? (
            <div class="empty">
              <p>Start a run on the left, or open one that has been kept. Runs go on while you look at something else.</p>
            </div>
          ) : other ? (
            <SideBySide a={id} b={other} result={kind.result} />
          ) : (
            <RunColumn key={id} id={id} result={kind.result} />
          )}
        </div>
      </div>
    </>
  );
}

export const Simulate = () => <RunView kind={kinds.simulate} />;
export const Train = () => <RunView kind={kinds.train} />;
export const Faults = () => <RunView kind={kinds.faults} />;
export const Compare = () => <RunView kind={kinds.compare} />;
export const Explore = () => <RunView kind={kinds.explore} />;
