import { signal } from '@preact/signals';
import { lazy } from './ui/lazy';
import { useEffect, useRef } from 'preact/hooks';
import { count, fixed, metres, short, usd, usdShort } from './format';
import { href, route } from './router';
import { busy, earlier, edit, figures, info, stale, state, unreachable } from './store';
import type { Figures } from './types';
import { Icon } from './ui/icons';
import { Toasts } from './ui/parts';
import { theme, toggleTheme } from './ui/theme';
import { History } from './views/History';
import { Search } from './views/Search';
import { Welcome } from './views/Welcome';

const views: Record<string, { text: string; load: ReturnType<typeof lazy>; needsDesign: boolean }> = {
  requirements: { text: 'Requirements', load: lazy(() => import('./views/Requirements').then((m) => m.Requirements)), needsDesign: false },
  fabric: { text: 'Fabric', load: lazy(() => import('./views/Fabric').then((m) => m.Fabric)), needsDesign: true },
  floor: { text: 'Floor', load: lazy(() => import('./views/Floor').then((m) => m.Floor)), needsDesign: true },
  cables: { text: 'Cables', load: lazy(() => import('./views/Cables').then((m) => m.Cables)), needsDesign: true },
  bill: { text: 'Bill', load: lazy(() => import('./views/Bill').then((m) => m.Bill)), needsDesign: true },
  simulate: { text: 'Simulate', load: lazy(() => import('./views/Runs').then((m) => m.Simulate)), needsDesign: true },
  train: { text: 'Train', load: lazy(() => import('./views/Runs').then((m) => m.Train)), needsDesign: true },
  faults: { text: 'Faults', load: lazy(() => import('./views/Runs').then((m) => m.Faults)), needsDesign: true },
  compare: { text: 'Compare', load: lazy(() => import('./views/Runs').then((m) => m.Compare)), needsDesign: true },
  explore: { text: 'Explore', load: lazy(() => import('./views/Runs').then((m) => m.Explore)), needsDesign: true },
  files: { text: 'Files', load: lazy(() => import('./views/Files').then((m) => m.Files)), needsDesign: true },
};

const dialog = signal<'' | 'history' | 'search'>('');

function Delta({ now, then, text, worse }: { now?: number; then?: number; text: (n: number) => string; worse: 'up' | 'none' }) {
  if (now === undefined || then === undefined || now === then || Math.abs(now - then) < 1e-9 * Math.abs(now)) return null;
  const up = now > then;
  return (
    <span class={`delta ${worse === 'none' ? 'muted' : up ? 'bad' : 'good'}`} title="since the last change">
      {up ? '+' : '−'}
      {text(Math.abs(now - then))}
    </span>
  );
}

function Kpis() {
  const s = state.value;
  const f: Figures | undefined = figures.value;
  const was = earlier.value ?? undefined;
  const each = (x?: Figures) => (x?.unpriced_lines ? x.estimate_usd_per_xpu : x?.usd_per_xpu);
  const perXpu = each(f);
  const perXpuWas = each(was);
  const worst = f?.worst;
  const rows: [string, string, preact.ComponentChildren][] = [
    ['XPUs', count(f?.xpus), <Delta now={f?.xpus} then={was?.xpus} text={count} worse="none" />],
    ['Switches', count(f?.switches), <Delta now={f?.switches} then={was?.switches} text={count} worse="up" />],
    ['Cables', count(f?.cables), <Delta now={f?.cables} then={was?.cables} text={count} worse="up" />],
    ['$ per XPU', f ? (perXpu === undefined ? 'no price' : f.unpriced_lines ? `≈ ${usd(Math.round(perXpu))}` : usd(Math.round(perXpu))) : '–', <Delta now={perXpu} then={perXpuWas} text={usdShort} worse="up" />],
    ['W per XPU', fixed(f?.watts_per_xpu, 1), <Delta now={f?.watts_per_xpu} then={was?.watts_per_xpu} text={short} worse="up" />],
    ['Longest cable', metres(f?.longest_cable_m), <Delta now={f?.longest_cable_m} then={was?.longest_cable_m} text={metres} worse="up" />],
    ['Oversubscription', f?.oversubscription === undefined ? '–' : `${short(f.oversubscription)} : 1`, null],
  ];
  return (
    <dl class={`kpis ${stale.value ? 'stale' : ''}`} aria-label={stale.value ? 'The last design in figures' : 'The design in figures'}>
      {rows.map(([k, v, d]) => (
        <div class="kpi" key={k}>
          <dt>{k}</dt>
          <dd>
            {v}
            {d}
          </dd>
        </div>
      ))}
      <div class="kpi worst">
        <dt>
          {stale.value && s?.phase === 'failed' ? (
            'No design; figures of the last one'
          ) : f ? (
            <>
              {f.errors > 0 && <span class="bad">{f.errors} errors · </span>}
              {f.warnings > 0 && <span class="warn">{f.warnings} {f.warnings === 1 ? 'warning' : 'warnings'} · </span>}
              {f.notes} notes
            </>
          ) : (
            'Diagnostics'
          )}
        </dt>
        <dd title={worst?.message}>
          {state.value?.phase === 'designing' ? (
            <span class="muted">designing{state.value.stage ? `: ${state.value.stage}` : '…'}</span>
          ) : worst && !stale.value ? (
            <a href={href('requirements', [], { line: worst.line })}>
              <span class={worst.severity === 'error' ? 'bad' : worst.severity === 'warning' ? 'warn' : ''}>{worst.id}</span> {worst.message}
            </a>
          ) : state.value?.phase === 'failed' && state.value.diagnostics?.[0] ? (
            <a href={href('requirements', [], { line: state.value.diagnostics[0].line })}>
              <span class="bad">{state.value.diagnostics[0].id}</span> {state.value.diagnostics[0].message}
            </a>
          ) : (
            <span class="good">nothing to worry about</span>
          )}
        </dd>
      </div>
    </dl>
  );
}

function keys(e: KeyboardEvent): void {
  const target = e.composedPath()[0] as HTMLElement;
  const writing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k') {
    e.preventDefault();
    dialog.value = 'search';
  } else if (!writing && e.key === '/') {
    e.preventDefault();
    dialog.value = 'search';
  } else if (!writing && (e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'z') {
    e.preventDefault();
    void (e.shiftKey ? edit.redo() : edit.undo());
  } else if (!writing && (e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'y') {
    e.preventDefault();
    void edit.redo();
  }
}

export function App() {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    addEventListener('keydown', keys);
    return () => removeEventListener('keydown', keys);
  }, []);
  const view = route.value.view;
  const known = views[view];
  useEffect(() => {
    document.title = `${known?.text ?? (view === 'new' ? 'New' : 'Not found')} – ${info.value?.state.figures?.name ?? info.value?.name ?? 'Lightloom Studio'}`;
  }, [view, info.value]);
  const s = state.value;
  const View = known?.load;
  return (
    <div class="shell">
      <a class="skip" href="#main" onClick={(e) => (e.preventDefault(), main.current?.focus())}>
        Skip to the content
      </a>
      <header class="top">
        <div class="brand">
          <b>Lightloom Studio</b>
          <span title={info.value?.folder}>{figures.value?.name ?? info.value?.name ?? ''}</span>
        </div>
        <Kpis />
        <div class="tools">
          <button class="quiet" aria-label="Search (Ctrl K)" title="Search (Ctrl K)" onClick={() => (dialog.value = 'search')}>
            <Icon name="search" />
          </button>
          <button class="quiet" aria-label="Undo" title="Undo (Ctrl Z)" disabled={!s?.can_undo} onClick={() => void edit.undo()}>
            <Icon name="undo" />
          </button>
          <button class="quiet" aria-label="Redo" title="Redo (Ctrl Shift Z)" disabled={!s?.can_redo} onClick={() => void edit.redo()}>
            <Icon name="redo" />
          </button>
          <button class="quiet" aria-label="Versions" title="Versions" disabled={!s || s.phase === 'empty'} onClick={() => (dialog.value = 'history')}>
            <Icon name="history" />
          </button>
          <button class="quiet" aria-label="Print" title="Print" onClick={() => print()}>
            <Icon name="print" />
          </button>
          <button class="quiet" aria-label={theme.value === 'dark' ? 'Light colours' : 'Dark colours'} title={theme.value === 'dark' ? 'Light colours' : 'Dark colours'} onClick={toggleTheme}>
            <Icon name={theme.value === 'dark' ? 'sun' : 'moon'} />
          </button>
        </div>
      </header>
      <nav class="nav" aria-label="Steps">
        <ol>
          {Object.entries(views).map(([id, v]) => (
            <li key={id}>
              <a href={href(id)} aria-current={id === view ? 'page' : undefined}>
                <Icon name={id} />
                {v.text}
              </a>
            </li>
          ))}
        </ol>
        <hr />
        <a href={href('new')} aria-current={view === 'new' ? 'page' : undefined}>
          New or open…
        </a>
        <div class="foot">{info.value ? `Lightloom ${info.value.version}` : ''}</div>
      </nav>
      <main class="main" id="main" ref={main} tabIndex={-1}>
        {busy.value > 0 || s?.phase === 'designing' ? <div class="busy" aria-hidden="true" /> : null}
        {unreachable.value ? (
          <div class="empty" role="alert">
            <div>
              <h1>No connection</h1>
              <p>{unreachable.value}</p>
            </div>
          </div>
        ) : !s ? (
          <div class="empty">Loading…</div>
        ) : s.phase === 'empty' || view === 'new' ? (
          <Welcome />
        ) : !View ? (
          <div class="empty">There is no view “{view}”.</div>
        ) : known.needsDesign && !s.figures ? (
          <div class="empty">
            <div>
              <p>{s.phase === 'designing' ? `Designing${s.stage ? `: ${s.stage}` : '…'}` : 'There is no design yet.'}</p>
              {s.phase === 'failed' && <a href={href('requirements')}>See what stands in the way</a>}
            </div>
          </div>
        ) : (
          <div class="view" key={view}>
            <View />
          </div>
        )}
      </main>
      {dialog.value === 'history' && <History onClose={() => (dialog.value = '')} />}
      {dialog.value === 'search' && <Search onClose={() => (dialog.value = '')} />}
      <Toasts />
    </div>
  );
}
