import { useState } from 'preact/hooks';
import { api } from '../api';
import { count, figureName, fixed, usd } from '../format';
import { designKey, edit } from '../store';
import type { Version, VersionDiff } from '../types';
import { Dialog, Refusal, useAnswer } from '../ui/parts';

function shown(name: string, v: number | string | undefined): string {
  if (v === undefined) return '–';
  if (typeof v === 'string') return v;
  return /usd/.test(name) ? usd(v) : Number.isInteger(v) ? count(v) : fixed(v, 2);
}

const more = (n: number, text: (n: number) => string) => (n === 0 ? '–' : `${n > 0 ? '+' : '−'}${text(Math.abs(n))}`);

export function DiffView({ diff }: { diff: VersionDiff }) {
  const figures = diff.figures.filter((f) => f.a !== f.b);
  const lines = diff.lines;
  // Changed lines with two of their neighbours.
  const near = lines.map((l, i) => l.op !== ' ' || lines.slice(Math.max(0, i - 2), i + 3).some((x) => x.op !== ' '));
  return (
    <div class="stack">
      <table class="plain">
        <caption class="sr">Figures that differ</caption>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col" class="r">Version {diff.a}</th>
            <th scope="col" class="r">Version {diff.b}</th>
            <th scope="col" class="r">More or less</th>
          </tr>
        </thead>
        <tbody>
          {figures.map((f) => (
            <tr key={f.name}>
              <td>{figureName(f.name)}</td>
              <td class="r">{shown(f.name, f.a)}</td>
              <td class="r">{shown(f.name, f.b)}</td>
              <td class="r">{typeof f.a === 'number' && typeof f.b === 'number' ? more(f.b - f.a, (n) => shown(f.name, n)) : ''}</td>
            </tr>
          ))}
          {!figures.length && (
            <tr>
              <td colSpan={4} class="muted">No figure differs.</td>
            </tr>
          )}
        </tbody>
      </table>
      {diff.bill.length > 0 && (
        <table class="plain">
          <caption class="sr">Lines of the bill that differ</caption>
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col" class="r">Version {diff.a}</th>
              <th scope="col" class="r">Version {diff.b}</th>
              <th scope="col" class="r">More or less</th>
              <th scope="col" class="r">Cost</th>
            </tr>
          </thead>
          <tbody>
            {diff.bill.map((b) => (
              <tr key={b.id}>
                <td>
                  {b.name} <span class="muted">{b.category}</span>
                </td>
                <td class="r">{count(b.a ?? 0)}</td>
                <td class="r">{count(b.b ?? 0)}</td>
                <td class="r">{more((b.b ?? 0) - (b.a ?? 0), count)}</td>
                <td class="r">{b.a_usd === undefined && b.b_usd === undefined ? 'no price' : more((b.b_usd ?? 0) - (b.a_usd ?? 0), usd)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <pre class="diff" tabIndex={0} aria-label="Lines of the cluster file that differ">
        {lines.map((l, i) =>
          near[i] ? (
            <div key={i} class={l.op === '+' ? 'plus' : l.op === '-' ? 'minus' : ''}>
              {l.op} {l.text}
            </div>
          ) : i && near[i - 1] ? (
            <div key={i} class="muted">
              …
            </div>
          ) : null,
        )}
      </pre>
    </div>
  );
}

export function History({ onClose }: { onClose: () => void }) {
  const list = useAnswer((s) => api.get<{ versions: Version[] }>('history', {}, s), [designKey.value]);
  const [pair, setPair] = useState<[number, number] | null>(null);
  const diff = useAnswer((s) => (pair ? api.get<VersionDiff>('history/diff', { a: pair[0], b: pair[1] }, s) : Promise.resolve(undefined)), [pair?.[0], pair?.[1]]);
  const versions = list.value?.versions ?? [];
  const current = versions.find((v) => v.current)?.n ?? versions[0]?.n;
  return (
    <Dialog title="Versions" onClose={onClose} wide>
      {list.error && <Refusal error={list.error} />}
      {pair ? (
        <>
          <p class="row">
            <button onClick={() => setPair(null)}>All versions</button>
            <span class="muted">
              Version {pair[0]} against version {pair[1]}
            </span>
          </p>
          {diff.error ? <Refusal error={diff.error} /> : diff.value ? <DiffView diff={diff.value} /> : <p class="muted">Comparing…</p>}
        </>
      ) : (
        <table class="plain">
          <caption class="sr">Versions of the cluster file, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">When and why</th>
              <th scope="col" class="r">XPUs</th>
              <th scope="col" class="r">Cost</th>
              <th scope="col">
                <span class="sr">What to do</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {versions.map((v) => (
              <tr key={v.n} aria-selected={v.n === current}>
                <td>
                  {v.n}
                  {v.n === current ? ' (this one)' : ''}
                </td>
                <td>
                  {new Date(v.at).toLocaleString()} <span class="muted">{v.reason}</span>
                </td>
                <td class="r">{count(v.figures?.xpus)}</td>
                <td class="r">{usd(v.figures?.capex_usd ?? v.figures?.estimate_usd)}</td>
                <td class="r">
                  {v.n !== current && current !== undefined && (
                    <span class="row">
                      <button onClick={() => setPair([v.n, current])}>Compare</button>
                      <button
                        onClick={async () => {
                          await edit.restore(v.n);
                          onClose();
                        }}
                      >
                        Restore
                      </button>
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}
