import { useState } from 'preact/hooks';
import { api } from '../api';
import { count, metres, plural } from '../format';
import { go, href, route } from '../router';
import { designKey } from '../store';
import type { DeviceRow, FabricInfo, Page, PathAnswer } from '../types';
import { Facts, useAnswer } from '../ui/parts';
import { FailPanel } from './Fabric';

function DeviceInput({ label, value, onChange }: { label: string; value: string; onChange: (v: string) => void }) {
  const id = `path-${label.toLowerCase()}`;
  const list = useAnswer((s) => api.get<Page<DeviceRow>>('devices', { q: value, limit: 12 }, s), [value, designKey.value]);
  return (
    <label class="row">
      <span class="muted">{label}</span>
      <input list={`${id}-l`} id={id} value={value} placeholder="a node or switch" onInput={(e) => onChange(e.currentTarget.value)} size={18} />
      <datalist id={`${id}-l`}>
        {list.value?.rows.map((d) => (
          <option key={d.name} value={d.name}>
            {d.model}
          </option>
        ))}
      </datalist>
    </label>
  );
}

export function PathPage({ fabrics }: { fabrics: FabricInfo[] }) {
  const { query } = route.value;
  const [from, setFrom] = useState(query.from ?? '');
  const [to, setTo] = useState(query.to ?? '');
  const role = query.role ?? 'backend';
  const ready = query.from && query.to;
  const found = useAnswer((s) => (ready ? api.get<PathAnswer>('path', { from: query.from, to: query.to, role, fail: query.fail }, s) : Promise.resolve(null)), [query.from, query.to, role, query.fail, designKey.value]);
  const p = ready && !found.error ? found.value : null;
  return (
    <>
      <div class="bar">
        <h1>Path</h1>
        <form
          class="row"
          onSubmit={(e) => {
            e.preventDefault();
            go('fabric', ['path'], { ...query, from: from.trim(), to: to.trim() });
          }}
        >
          <DeviceInput label="From" value={from} onChange={setFrom} />
          <DeviceInput label="To" value={to} onChange={setTo} />
          <label class="row">
            <span class="muted">Network</span>
            <select value={role} onChange={(e) => go('fabric', ['path'], { ...query, role: e.currentTarget.value })}>
              {fabrics.map((f) => (
                <option key={f.role}>{f.role}</option>
              ))}
            </select>
          </label>
          <button class="primary" type="submit" disabled={!from.trim() || !to.trim()}>
            Trace
          </button>
        </form>
        <span class="spring" />
        <a class="button" href={href('fabric', [role], { fail: query.fail })}>
          Back to the fabric
        </a>
      </div>
      <div class="split" style={{ gridTemplateColumns: 'minmax(0, 1fr) minmax(320px, 30%)' }}>
        <div class="scroll pad" tabIndex={0} role="region" aria-label="The path">
          {!ready && <p class="muted">Name two devices; the shortest way between them is shown hop by hop.</p>}
          {ready && found.error && (
            <p class="bad" role="alert">
              {found.error.message}
            </p>
          )}
          {p && (
            <div class="card">
              <dl class="tiles" style={{ margin: '0 0 12px' }}>
                <div class="tile">
                  <dt>Cable on the way</dt>
                  <dd>{metres(p.length_m)}</dd>
                </div>
                <div class="tile">
                  <dt>Switches</dt>
                  <dd>{count(p.switches)}</dd>
                </div>
                <div class="tile">
                  <dt>Latency</dt>
                  <dd>{p.latency_ns === undefined ? '–' : `${count(p.latency_ns)} ns`}</dd>
                </div>
                <div class="tile">
                  <dt>Equal paths</dt>
                  <dd>{count(p.paths)}</dd>
                </div>
              </dl>
              <ol class="hops">
                {p.hops.map((h, i) => (
                  <>
                    <li class="device" key={`d${i}`}>
                      <a href={href('fabric', ['device', h.device])}>
                        <b>{h.device}</b>
                      </a>{' '}
                      <span class="muted">
                        {h.tier}
                        {h.in_port ? `, in ${h.in_port}` : ''}
                        {h.out_port ? `, out ${h.out_port}` : ''}
                        {h.rack ? `, rack ${h.rack}` : ''}
                        {h.latency_ns ? `, ${count(h.latency_ns)} ns` : ''}
                      </span>
                    </li>
                    {p.links[i] && (
                      <li class="wire" key={`w${i}`}>
                        {p.links[i].cable ? <a href={href('cables', [p.links[i].cable!])}>{p.links[i].cable}</a> : 'link'}: {metres(p.links[i].length_m)} {p.links[i].medium}
                        {p.links[i].latency_ns !== undefined ? `, ${count(p.links[i].latency_ns)} ns` : ''}
                      </li>
                    )}
                  </>
                ))}
              </ol>
            </div>
          )}
        </div>
        <aside class="side" aria-label="What if">
          <FailPanel role={role} />
          {p && (
            <section>
              <h2>In short</h2>
              <Facts
                of={[
                  ['Way', `${plural(p.links.length, 'cable')}, ${plural(p.switches, 'switch', 'switches')}`],
                  ['Length', metres(p.length_m)],
                ]}
              />
            </section>
          )}
        </aside>
      </div>
    </>
  );
}
